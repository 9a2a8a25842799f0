import { useEffect, useRef, useState } from "preact/hooks";
import { formatAddress, HIDEABLE, type Hideable } from "../address/address.js";
import { address } from "../state/address.js";
import { manifest } from "../state/site.js";
import { useModule } from "../ui/use-module.js";
import { qrPath } from "./qr-path.js";
import { urlForOthers } from "./reach.js";
import "./share.css";

const PARTS: Readonly<Record<Hideable, string>> = {
  settings: "seeds and settings",
  others: "networks that the paper does not have",
  own: "networks of one's own",
  runs: "runs and their commands",
};

/** What others are to see: the address as it is, or with the tour and without some controls. */
export function SharePanel() {
  const { value: now } = address;
  const [tour, setTour] = useState(false);
  const [hide, setHide] = useState<readonly Hideable[]>(now.hide ?? []);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const isAsItIs = !tour && now.tour === undefined && hide.join() === (now.hide ?? []).join();
  const changed = formatAddress({ ...now, hide, tour: tour ? 1 : undefined });
  // The address of somebody who has chosen nothing is the shortest.
  const own = isAsItIs ? location.href : new URL(changed, document.baseURI).href;
  const forOthers = urlForOthers(own, manifest.value?.network);
  const url = forOthers ?? own;
  return (
    <div class="share-panel" ref={place}>
      <div>
        <p>
          <code class="shared">{url}</code>
        </p>
        <Copy text={url} />
        <fieldset>
          <legend>For a lesson, this address</legend>
          <label>
            <input type="checkbox" checked={tour} onChange={({ currentTarget }) => setTour(currentTarget.checked)} />
            starts the tour
          </label>
          {HIDEABLE.filter((part) => part !== "runs" || manifest.value?.runs || hide.includes(part)).map((part) => (
            <label key={part}>
              <input
                type="checkbox"
                checked={hide.includes(part)}
                onChange={({ currentTarget: { checked } }) =>
                  setHide(HIDEABLE.filter((each) => (each === part ? checked : hide.includes(each))))
                }
              />
              hides {PARTS[part]}
            </label>
          ))}
        </fieldset>
      </div>
      {forOthers === undefined ? <OnlyHere /> : <QrCode text={forOthers} />}
    </div>
  );
}

/** Browsers let a page write on the clipboard where they trust its address. */
function Copy({ text }: { readonly text: string }) {
  const [said, setSaid] = useState("");
  useEffect(() => setSaid(""), [text]);
  if (!navigator.clipboard) return null;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setSaid("Copied."),
      () => setSaid("The browser does not allow it: mark the address and copy it."),
    );
  return (
    <p class="row">
      <button type="button" onClick={() => void copy()}>
        Copy the address
      </button>
      <span role="status">{said}</span>
    </p>
  );
}

/** At a name that every machine has for itself. */
function OnlyHere() {
  return (
    <div>
      <p>
        Other devices cannot reach {location.hostname}: each device takes that for itself. This command lets them in:
      </p>
      <p>
        <code>npx pairlab serve --host 0.0.0.0</code>
      </p>
      <p>Open the page that it serves, and its QR code is here.</p>
    </div>
  );
}

const load = () => import("../../site/qr.js");

function QrCode({ text }: { readonly text: string }) {
  const { module, failed } = useModule(load);
  if (failed) return <p class="problem">The QR code cannot be fetched: reload the page.</p>;
  const modules = module && modulesOf(module.qrModules, text);
  if (module && !modules)
    return <p>The address is too long for a QR code that phones read: it has {text.length} characters.</p>;
  const size = modules?.length ?? 1;
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${size} ${size}`}
      shape-rendering="crispEdges"
      role="img"
      aria-label="QR code of this address"
    >
      <rect width={size} height={size} />
      {modules && <path d={qrPath(modules)} />}
    </svg>
  );
}

/** Undefined where there are too many characters. */
function modulesOf(qrModules: typeof import("../../site/qr.js")["qrModules"], text: string) {
  try {
    return qrModules(text);
  } catch {
    return undefined;
  }
}
