import type { ClassNumbers } from "../../data/images.js";
import type { Pointer } from "../kernels.js";
import type { ImageStudy } from "../operations/operation.js";

/** Memory for a study of the images of pairs, and whether it has been made. */
export interface StudyRoom {
  readonly place: Pointer;
  measured: boolean;
}

/** The kernels' memory for pairs and for studies of their images. */
export interface PairRoom {
  readonly count: number;
  readonly images: Pointer;
  readonly studied: Map<ImageStudy, StudyRoom>;
}

/** Pairs in the kernels' memory, scaled and laid out for one model. */
export interface LoadedPairs extends PairRoom {
  /** The scaled value of a pixel of 0, and the share of pixels that are not 0. */
  readonly background: number;
  readonly density: number;
  readonly targets: Uint8Array;
  readonly classes: ClassNumbers;
}
