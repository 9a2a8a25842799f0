import { counting, partly, typed, within } from "../checks.js";
import type { LabelledImages } from "./images.js";

const IMAGES = partly({
  count: within({ least: 0, most: Number.MAX_SAFE_INTEGER, whole: true }),
  height: counting,
  width: counting,
});

/** @throws InvalidRequest naming the first thing that is wrong with images, labels and their sizes */
export function checkImages(images: LabelledImages, what: string): void {
  IMAGES(images, what);
  typed("Uint8Array", images.count)(images.labels, `${what}.labels`);
}

/** The same of the pixels, where they are needed: there may be none of images that nobody draws. */
export function checkPixels({ count, height, width, pixels, held }: LabelledImages, what: string): void {
  const there = held ? held.length : count;
  typed("Uint8Array", there * height * width, `${there} × ${height} × ${width}`)(pixels, `${what}.pixels`);
}
