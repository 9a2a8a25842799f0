import { loadAgain, neededImages } from "../state/needed-images.js";
import { imageBytes, manifest, openSite, site } from "../state/site.js";
import "./loading.css";
import { Progress } from "./progress.js";

const MEGABYTE = 1e6;

const megabytes = (bytes: number): string => (bytes / MEGABYTE).toFixed(1);

/** The progress of loading what the page begins with and, later, all images; or why that failed. It disappears when they are there. */
export function Loading() {
  const now = site.value;
  if (now.state === "ready") return <NeededImages />;
  if (now.state === "failed") return <Failure message={now.message} onAgain={() => void openSite()} />;
  const { loaded, total } = now.loading;
  const { name = "the images", first } = manifest.value?.dataset ?? {};
  return (
    <div class="loading">
      <Progress label={first ? `Loading the first pairs of ${name}` : `Loading ${name}`} value={loaded} most={total} />
      <span>{total === 0 ? "" : `${megabytes(loaded)} of ${megabytes(total)} MB${keptInWords()}`}</span>
    </div>
  );
}

/** Why all images are loaded, and how far that is. */
function NeededImages() {
  const now = neededImages.value;
  if (!now) return null;
  const { why } = now;
  if (now.state === "failed") return <Failure message={`${now.message}. ${why}`} onAgain={loadAgain} />;
  const { loaded, total } = now.loading;
  return (
    <div class="loading needed">
      <p role="status">
        {why}: {megabytes(imageBytes.value ?? total)} MB
      </p>
      <Progress label={`Loading ${manifest.value?.dataset.name}`} value={loaded} most={total} />
      <span>
        {megabytes(loaded)} MB so far{keptInWords()}
      </span>
    </div>
  );
}

const keptInWords = (): string => ("caches" in globalThis ? ", kept for the next time" : "");

interface FailureProperties {
  readonly message: string;
  readonly onAgain: () => void;
}

function Failure({ message, onAgain }: FailureProperties) {
  return (
    <div class="problem" role="alert">
      <p>{message}</p>
      <button type="button" onClick={onAgain}>
        Try again
      </button>
    </div>
  );
}
