import { isTraining } from "../../state/experiment.js";
import { leavePictures } from "../../state/given-pictures.js";
import { manifest, ownImages } from "../../state/site.js";

/** What the site's own images are called: "MNIST's digits", "the images of letters". */
export function siteImages(): string {
  const name = manifest.value?.dataset.name ?? "MNIST";
  return name === "MNIST" ? "MNIST's digits" : `the images of ${name}`;
}

/** Says in other views whose pictures the page's images are, and brings the site's back. */
export function OwnLine() {
  const about = ownImages.value;
  if (!about) return null;
  return (
    <p class="own-line row">
      <span>
        These are your pictures: <strong>{about.name}</strong>.
      </span>
      <BackButton />
    </p>
  );
}

export function BackButton() {
  return (
    <button type="button" disabled={isTraining.value} onClick={() => void leavePictures()}>
      Back to {siteImages()}
    </button>
  );
}
