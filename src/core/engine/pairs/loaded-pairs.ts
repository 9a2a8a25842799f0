import type { ClassNumbers } from "../../data/images.js";
import type { Pointer } from "../kernels.js";
import type { ImageStudy } from "../operations/operation.js";

/** Room for what is found out about each of some pairs' images, and whether that is known yet. */
export interface StudyRoom {
  readonly place: Pointer;
  measured: boolean;
}

/** Room in the kernels' memory for pairs, and for what is found out about their images. */
export interface PairRoom {
  readonly count: number;
  readonly images: Pointer;
  readonly studied: Map<ImageStudy, StudyRoom>;
}

/** Pairs in the kernels' memory, scaled and laid out for one model. */
export interface LoadedPairs extends PairRoom {
  /** What a pixel of 0 has become, and the part of pixels that are not 0. */
  readonly background: number;
  readonly density: number;
  readonly targets: Uint8Array;
  readonly classes: ClassNumbers;
}
