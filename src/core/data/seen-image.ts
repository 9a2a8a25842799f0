import { inputOf, type LabelledImages } from "./images.js";

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
