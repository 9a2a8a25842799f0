import { requireFinite } from "../../checks.js";
import { checkPairs, checkScale } from "../../data/check-pairs.js";
import type { ClassNumbers } from "../../data/images.js";
import type { PixelScale } from "../../data/normalization.js";
import type { Pairs } from "../../data/pairs.js";

/**
 * Pairs that stay outside the kernels' memory and are scaled when their batch comes. They are for pairs that are seen once, such as
 * a drawing that changes. Loaded pairs take memory until all of it is taken back; passing pairs take none.
 */
export class PassingPairs {
  readonly count: number;
  /** The scaled value of a pixel of 0, and the share of pixels that are not 0. */
  readonly background: number;
  readonly density: number;
  readonly targets: Uint8Array;
  readonly classes: ClassNumbers;

  /** @throws InvalidRequest where pairs or scale are invalid */
  constructor(
    readonly pairs: Pairs,
    readonly scale: PixelScale,
  ) {
    checkPairs(pairs, "pairs");
    checkScale(scale);
    this.count = pairs.count;
    this.background = backgroundUnder(scale);
    this.density = densityOf(pairs, "pairs");
    this.targets = pairs.targets;
    this.classes = pairs.classes;
  }
}

/** The scaled value of a pixel of 0. */
export const backgroundUnder = ({ mean, deviation }: PixelScale): number => Math.fround((0 - mean) / deviation);

/**
 * The share of pixels that are not 0.
 *
 * @throws InvalidRequest where a pixel is not finite
 */
export function densityOf({ images }: Pairs, what: string): number {
  let blank = 0;
  let zero = 0;
  for (let i = 0; i < images.length; i++) {
    const pixel = images[i] as number;
    if (pixel === 0) blank++;
    // For a number that is not finite the product is NaN.
    zero += pixel * 0;
  }
  if (zero !== 0) requireFinite(images, `${what}.images`);
  return 1 - blank / images.length;
}

/**
 * Scales one image of pairs and writes it with each pixel's channels side by side.
 *
 * @param image   its index: 2 · pair + side
 * @param floats  it is written here, from `start` on
 * @param stride  floats from one pixel to the next
 */
export function writeScaled(
  { height, width, channels, images }: Pairs,
  image: number,
  { mean, deviation }: PixelScale,
  floats: Float32Array,
  start: number,
  stride: number,
): void {
  const pixels = height * width;
  let from = image * channels * pixels;
  for (let channel = 0; channel < channels; channel++) {
    let to = start + channel;
    for (let pixel = 0; pixel < pixels; pixel++, to += stride)
      floats[to] = ((images[from++] as number) - mean) / deviation;
  }
}
