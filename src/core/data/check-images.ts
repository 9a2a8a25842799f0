import { anyOf, counting, numbers, optional, partly, typed, within } from "../checks.js";
import { CLASSES } from "../limits.js";
import type { LabelledImages } from "./images.js";

const IMAGES = partly({
  count: within({ least: 0, most: Number.MAX_SAFE_INTEGER, whole: true }),
  height: counting,
  width: counting,
  channels: optional(counting),
  classes: optional(within(CLASSES)),
  pooling: optional(within({ least: 1, most: 2, whole: true })),
  background: optional(numbers(1)),
});

/** Of 8 bits each, or 16. */
export const bytesOrWords = (length: number, of?: string) =>
  anyOf(typed("Uint8Array", length, of), typed("Uint16Array", length, of));

/** @throws InvalidRequest naming the first thing that is wrong with images, labels and their sizes */
export function checkImages(images: LabelledImages, what: string): void {
  IMAGES(images, what);
  bytesOrWords(images.count)(images.labels, `${what}.labels`);
}

/** The same of the pixels, where they are needed: there may be none of images that nobody draws. */
export function checkPixels({ count, height, width, channels = 1, pixels, held }: LabelledImages, what: string): void {
  const sizes = [held ? held.length : count, ...(channels === 1 ? [] : [channels]), height, width];
  const length = sizes.reduce((product, size) => product * size, 1);
  bytesOrWords(length, sizes.join(" × "))(pixels, `${what}.pixels`);
}
