import { loadAgain, type NeededImages as Needed, neededImages } from "../state/needed-images.js";
import { imageBytes, manifest, openSite, site } from "../state/site.js";
import { Failure } from "./failure.js";
import "./loading.css";
import { Progress } from "./progress.js";

const MEGABYTE = 1e6;

const megabytes = (bytes: number): string => (bytes / MEGABYTE).toFixed(1);

/** The progress of loading what the page begins with, or why that failed. It disappears when that is there. */
export function Loading() {
  const now = site.value;
  if (now.state === "ready") return null;
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

/** Why all images are loaded, and how far that is. It stays in sight, at the window's lower edge, and moves nothing. */
export function NeededImages() {
  const now = neededImages.value;
  return now && site.value.state === "ready" ? (
    <section class="all-images" aria-label="All images">
      {now.state === "failed" ? (
        <Failure message={`${now.message}. ${now.why}`} onAgain={loadAgain} />
      ) : (
        <Arriving {...now} />
      )}
    </section>
  ) : null;
}

function Arriving({ why, loading: { loaded, total } }: Extract<Needed, { readonly state: "loading" }>) {
  return (
    <div class="loading">
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
