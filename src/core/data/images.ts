/** Grey-scale images with their classes. */
export interface LabelledImages {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** [count, height, width], 0–255; of the images held alone where those are named. */
  readonly pixels: Uint8Array;
  /** [count]. */
  readonly labels: Uint8Array;
  /** The numbers of the images whose pixels are there, where they are not all. */
  readonly held?: Uint32Array;
}
