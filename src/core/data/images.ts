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
