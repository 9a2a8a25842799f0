/** Grey-scale images with their classes. */
export interface LabelledImages {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** [count, height, width], 0–255. */
  readonly pixels: Uint8Array;
  /** [count]. */
  readonly labels: Uint8Array;
}
