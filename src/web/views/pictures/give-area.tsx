import { useRef } from "preact/hooks";
import { give } from "../../state/given-pictures.js";
import { chosenArchive, chosenFolder, NotTaken } from "./given.js";

/** Has the browser ask for a folder: its files come with their paths in it. */
const asFolder = (input: HTMLInputElement | null): void => {
  if (input) input.webkitdirectory = true;
};

/** Where a folder or an archive is dropped or chosen, and how it must look. */
export function GiveArea({ isOver }: { readonly isOver: boolean }) {
  return (
    <div class="give">
      <div class={isOver ? "drop-area over" : "drop-area"}>
        <p class="drop-here">Drop a folder or a zip file here</p>
        <div class="row">
          <Chooser label="Choose a folder" folder onChosen={(files) => folderOf(files)} />
          <Chooser label="Choose a zip file" accept=".zip,application/zip" onChosen={([file]) => archiveOf(file)} />
        </div>
        <p class="private">
          Nothing leaves this machine: this page reads the files here, in the browser, and keeps none of the pictures.
          After a reload they have to be chosen again. What networks have learned stays in this browser.
        </p>
      </div>
      <figure class="folder-form">
        <pre>{EXAMPLE}</pre>
        <figcaption>
          A folder for each class, with its pictures: PNG, JPEG, WebP, PGM or PPM. Or pictures with a list of pairs
          beside them, such as <code>pairs.csv</code>.
        </figcaption>
      </figure>
    </div>
  );
}

const EXAMPLE = `animals
├ cats
│ ├ 1.png
│ └ 2.jpg
└ dogs
  └ 7.png`;

function folderOf(files: readonly File[]) {
  const given = chosenFolder(files);
  if (!given) throw new NotTaken("The folder has no files");
  return given;
}

function archiveOf(file: File | undefined) {
  if (!file) throw new NotTaken("No file was chosen");
  return chosenArchive(file);
}

interface ChooserProperties {
  readonly label: string;
  readonly accept?: string;
  readonly folder?: boolean;
  readonly onChosen: (files: readonly File[]) => ReturnType<typeof chosenArchive>;
}

/** A button that opens the browser's own dialog. */
function Chooser({ label, accept, folder = false, onChosen }: ChooserProperties) {
  const input = useRef<HTMLInputElement | null>(null);
  const take = (chosen: HTMLInputElement) => {
    const files = [...(chosen.files ?? [])];
    // The same may be chosen again, with other files in it by then.
    chosen.value = "";
    if (files.length > 0) void give(async () => onChosen(files));
  };
  return (
    <>
      <button type="button" class={folder ? "main" : ""} onClick={() => input.current?.click()}>
        {label}
      </button>
      <input
        type="file"
        hidden
        ref={(each) => {
          input.current = each;
          if (folder) asFolder(each);
        }}
        {...(accept && { accept })}
        onChange={({ currentTarget }) => take(currentTarget)}
      />
    </>
  );
}
