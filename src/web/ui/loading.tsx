import { manifest, openSite, site } from "../state/site.js";
import { Progress } from "./progress.js";

const MEGABYTE = 1e6;

/** The progress of loading the images, or why it failed. It disappears when they are there. */
export function Loading() {
  const now = site.value;
  if (now.state === "ready") return null;
  if (now.state === "failed")
    return (
      <div class="problem" role="alert">
        <p>{now.message}</p>
        <button type="button" onClick={() => void openSite()}>
          Try again
        </button>
      </div>
    );
  const { loaded, total } = now.loading;
  const megabytes = (bytes: number) => (bytes / MEGABYTE).toFixed(1);
  return (
    <div class="loading">
      <Progress label={`Loading ${manifest.value?.dataset.name ?? "the images"}`} value={loaded} most={total} />
      <span>
        {total === 0
          ? ""
          : `${megabytes(loaded)} of ${megabytes(total)} MB${"caches" in globalThis ? ", kept for the next time" : ""}`}
      </span>
    </div>
  );
}
