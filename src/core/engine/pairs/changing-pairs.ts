import type { Augmentation } from "../../data/augmentation.js";
import type { PixelScale } from "../../data/normalization.js";
import type { Pairs } from "../../data/pairs.js";
import type { Relation } from "../../data/relations.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import { Augmenter, type AugmenterRoom } from "./augmenter.js";
import { backgroundUnder } from "./passing-pairs.js";

/** The changes of pairs from batch to batch. */
export interface PairChanges {
  /** Default none. */
  readonly augmentation?: Augmentation;
  /** The seed of the augmentation's random stream. */
  readonly seed: number;
}

/** Training pairs whose images are augmented for each batch, or are paired anew. */
export class ChangingPairs {
  readonly count: number;
  /** The scaled value of a pixel of 0. */
  readonly background: number;
  /**
   * `[count, 2]`: the images of each pair. Images are counted as they were loaded: those of pair p were 2p and 2p + 1. With an
   * arrangement the relation gives the targets. Undefined, pairs and targets are as they were loaded.
   */
  arrangement: Uint32Array | undefined;
  readonly #pairs: Pairs;
  readonly #relation: Relation;
  readonly #augmenter: Augmenter;

  /** @param room  from `placeAugmenter` for such pairs */
  constructor(
    kernels: KernelSpace,
    pairs: Pairs,
    scale: PixelScale,
    relation: Relation,
    { augmentation = {}, seed }: PairChanges,
    room: AugmenterRoom,
  ) {
    this.count = pairs.count;
    this.background = backgroundUnder(scale);
    this.#pairs = pairs;
    this.#relation = relation;
    this.#augmenter = new Augmenter(kernels, pairs, scale, augmentation, seed, room);
  }

  /** i32 [4, 4]: the state of the augmentation's stream. */
  get augmentationState(): Pointer {
    return this.#augmenter.state;
  }

  /** The index of the image on one side of a pair. */
  imageOf(pair: number, side: number): number {
    return this.arrangement ? (this.arrangement[2 * pair + side] as number) : 2 * pair + side;
  }

  classOf(image: number): number {
    return this.#pairs.classes[image] as number;
  }

  targetOf(pair: number): number {
    if (!this.arrangement) return this.#pairs.targets[pair] as number;
    const [first, second] = [this.imageOf(pair, 0), this.imageOf(pair, 1)];
    return Number(this.#relation.holds(this.classOf(first), this.classOf(second)));
  }

  /** Draws what a new variant of an image takes, without making it. */
  skip(): void {
    this.#augmenter.skip();
  }

  /** Makes a new variant of an image, its pixels `stride` bytes apart. Returns how many were not 0 before they were scaled. */
  write(image: number, to: Pointer, stride: number): number {
    return this.#augmenter.write(image, to, stride);
  }
}
