import { useEffect, useRef, useState } from "preact/hooks";
import { keyOf } from "../../ui/key-of.js";
import { PixelImage, type SeenImage } from "../../ui/pixel-image.js";
import { putInSlot, type Side } from "./asked-files.js";

/** Of a picture as networks see it, in pixels. */
const SIDE = 96;

const NAMES = ["First picture", "Second picture"] as const;

interface Properties {
  readonly side: Side;
  readonly isOver: boolean;
  readonly file: File | undefined;
  /** What networks see of it, once they were asked. */
  readonly seen: SeenImage | undefined;
}

/** A place for a picture to ask about: it is dropped there, or chosen. */
export function Slot({ side, isOver, file, seen }: Properties) {
  const input = useRef<HTMLInputElement>(null);
  const name = NAMES[side];
  const take = (chosen: HTMLInputElement) => {
    putInSlot(side, [...(chosen.files ?? [])]);
    chosen.value = "";
  };
  return (
    <div class={isOver ? "slot over" : "slot"} data-slot={side}>
      <h3>{name}</h3>
      <div class="thumbnails">
        <div class="as-given">
          {file ? <Thumbnail key={keyOf(file)} file={file} label={`${name} as given`} /> : <span>drop a picture</span>}
        </div>
        <div class="as-seen">
          {seen && <PixelImage {...seen} side={SIDE} label={`${name} as networks see it`} />}
          {seen && <span aria-hidden="true">as networks see it</span>}
        </div>
      </div>
      <p class="row">
        <button type="button" onClick={() => input.current?.click()}>
          Choose<span class="hidden"> the {name.toLowerCase()}</span>
        </button>
        <span class="file-name">{file?.name}</span>
      </p>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/*,.pgm,.ppm"
        onChange={({ currentTarget }) => take(currentTarget)}
      />
    </div>
  );
}

/** A picture file as the browser shows it. */
function Thumbnail({ file, label }: { readonly file: File; readonly label: string }) {
  const [url, setUrl] = useState<string | undefined>(undefined);
  const [isShown, setShown] = useState(true);
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  if (!isShown) return <span>no browser shows such a file</span>;
  return url === undefined ? null : <img src={url} alt={label} onError={() => setShown(false)} />;
}
