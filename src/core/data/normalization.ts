import { numbers, partly, requireFinite } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import type { Pairs } from "./pairs.js";

/** Maps raw pixels to what networks see: (pixel − mean) / deviation. */
export interface PixelScale {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * The mean and (n − 1) standard deviation over all pixels of the pairs. Pooled pixels are multiples of 1/4, so both sums
 * are exact.
 *
 * @param what  names the pairs where something is wrong with them
 * @throws InvalidRequest where there is no pixel, one is not finite, or all are alike: nothing can be told from them
 */
export function pixelScale(pairs: Pick<Pairs, "images">, what = "pairs"): PixelScale {
  partly({ images: numbers(1) })(pairs, what);
  const { images } = pairs;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < images.length; i++) {
    const pixel = images[i] as number;
    sum += pixel;
    squares += pixel * pixel;
  }
  if (!Number.isFinite(squares)) requireFinite(images, `${what}.images`);
  const mean = sum / images.length;
  const deviation = Math.sqrt((squares - sum * mean) / (images.length - 1));
  if (!(deviation > 0))
    throw new InvalidRequest(`every pixel of the training pairs is ${images[0]}: there is nothing to learn from`);
  return { mean, deviation };
}
