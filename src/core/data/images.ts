import { InvalidRequest } from "../errors.js";
import type { InputSpec } from "../network/index.js";

/** Numbers of classes from 0 on: 16 bits each where there are more than 256 classes. */
export type ClassNumbers = Uint8Array | Uint16Array;

/** Images with their classes. */
export interface LabelledImages {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** 1 of grey-scale images, 3 of red, green and blue; default 1. */
  readonly channels?: number;
  /** How many classes there are; default 10. */
  readonly classes?: number;
  /** `[count, channels, height, width]`: 0–255, or 16 bits in 256ths; only of the images held where those are named. */
  readonly pixels: Uint8Array | Uint16Array;
  /** [count]. */
  readonly labels: ClassNumbers;
  /** Side of the blocks whose averages networks see; default 2, as in the paper. 1 of images that are seen as they are. */
  readonly pooling?: 1 | 2;
  /** What lies around what is shown, 0–255 of each channel; default 0. Networks see the difference from it. */
  readonly background?: readonly number[];
  /** The numbers of the images whose pixels are there, where they are not all. */
  readonly held?: Uint32Array;
}

/** What decides what networks see of images. */
export type ImageShape = Pick<LabelledImages, "height" | "width" | "channels" | "classes" | "pooling">;

/**
 * What networks see of images, after pooling.
 *
 * @throws InvalidRequest where nothing is left to see
 */
export function inputOf({ height, width, channels = 1, classes = 10, pooling = 2 }: ImageShape): InputSpec {
  if (!(height >= pooling && width >= pooling))
    throw new InvalidRequest(
      `images of ${height}×${width} pixels leave nothing when 2×2 blocks are averaged: they must be 2×2 at least`,
    );
  return { height: Math.floor(height / pooling), width: Math.floor(width / pooling), channels, classes };
}
