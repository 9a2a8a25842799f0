import { InvalidRequest } from "../errors.js";
import { greyOf } from "./channels.js";
import { checkPicture } from "./check-picture.js";
import type { Picture } from "./picture.js";

/** Counts the opaque pixels at the borders of pictures, which come one by one, and says what their background is. */
export class BorderHistogram {
  /** `[channels, 256]`: how many border pixels have a value. */
  readonly counts: Float64Array;

  /** @param channels  of what networks are to see: pictures are counted as such */
  constructor(readonly channels: 1 | 3) {
    if (channels !== 1 && channels !== 3) throw new InvalidRequest(`channels must be 1 or 3, not ${channels}`);
    this.counts = new Float64Array(channels * 256);
  }

  add(picture: Picture): void {
    checkPicture(picture);
    const { height, width } = picture;
    for (let x = 0; x < width; x++) {
      this.#count(picture, x);
      if (height > 1) this.#count(picture, (height - 1) * width + x);
    }
    for (let y = 1; y < height - 1; y++) {
      this.#count(picture, y * width);
      if (width > 1) this.#count(picture, y * width + width - 1);
    }
  }

  /** Adds what was counted elsewhere, such as in another thread. */
  addCounts(counts: Float64Array): void {
    if (counts.length !== this.counts.length)
      throw new InvalidRequest(`counts must be ${this.counts.length} numbers, not ${counts.length}`);
    for (let i = 0; i < counts.length; i++) this.counts[i] = (this.counts[i] as number) + (counts[i] as number);
  }

  /** The median of each channel, the lower one of two; 255 where no pixel is opaque. */
  background(): number[] {
    return Array.from({ length: this.channels }, (_, channel) => {
      const counts = this.counts.subarray(256 * channel, 256 * (channel + 1));
      const total = counts.reduce((sum, count) => sum + count, 0);
      if (total === 0) return 255;
      let below = 0;
      return counts.findIndex((count) => {
        below += count;
        return 2 * below >= total;
      });
    });
  }

  #count({ channels, pixels, alpha }: Picture, pixel: number): void {
    if (alpha && alpha[pixel] !== 255) return;
    const value = (channel: number) => pixels[channels === 1 ? pixel : 3 * pixel + channel] as number;
    const values =
      this.channels === 3
        ? [value(0), value(1), value(2)]
        : [channels === 1 ? value(0) : greyOf(value(0), value(1), value(2))];
    for (const [channel, at] of values.entries()) {
      const slot = 256 * channel + at;
      this.counts[slot] = (this.counts[slot] as number) + 1;
    }
  }
}

/** The background of pictures that are all there: `BorderHistogram` takes them one by one. */
export function backgroundOf(pictures: Iterable<Picture>, channels: 1 | 3): number[] {
  const histogram = new BorderHistogram(channels);
  for (const picture of pictures) histogram.add(picture);
  return histogram.background();
}
