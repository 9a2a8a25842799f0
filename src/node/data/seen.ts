import { hash } from "node:crypto";
import type { LabelledImages } from "../../core/data/images.js";
import { inputOf } from "../../core/data/images.js";

/**
 * An image as networks see it, but with its background: [channels, height, width], 0–255.
 *
 * @param images  all of which are held
 */
export function seenImage(images: LabelledImages, image: number): Float32Array {
  const { channels = 1, pixels, pooling = 2 } = images;
  const { height, width } = inputOf(images);
  const seen = new Float32Array(channels * height * width);
  const unit = pixels.BYTES_PER_ELEMENT === 2 ? 256 : 1;
  const stored = images.height * images.width;
  for (let channel = 0; channel < channels; channel++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let down = 0; down < pooling; down++)
          for (let right = 0; right < pooling; right++) {
            const at = (y * pooling + down) * images.width + x * pooling + right;
            sum += pixels[(image * channels + channel) * stored + at] as number;
          }
        seen[channel * height * width + y * width + x] = sum / (unit * pooling ** 2);
      }
  return seen;
}

/** Hexadecimal digits of an image's digest: two different images of a billion have the same one with a chance of 3%. */
const DIGITS = 16;

/** The beginning of the SHA-256 of what networks see of an image: the same of the same pixels, whatever file they come from. */
export const imageDigest = (images: LabelledImages, image: number): string =>
  hash("sha256", new Uint8Array(seenImage(images, image).buffer)).slice(0, DIGITS);
