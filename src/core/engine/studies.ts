import type { Kernels, Pointer } from "./kernels.js";
import type { ImageStudy } from "./operations/operation.js";
import type { LoadedPairs } from "./pair-input.js";

/** Has images studied, those that stay as they are once, and tells an operation where to look for those of a batch. */
export class Studies {
  readonly #kernels: Kernels;
  readonly #sides: number;
  readonly #batchSize: number;
  readonly #open: (pairs: LoadedPairs, pair: number) => void;
  readonly #measured = new Map<ImageStudy, WeakMap<LoadedPairs, Pointer>>();
  /** Room for the images of one batch. */
  readonly #rooms = new Map<ImageStudy, Pointer>();

  /**
   * @param sides  images of a pair, as one operation sees them: 1 where they are channels of one, or it sees one alone
   * @param batchSize  the most pairs in a batch
   * @param open   puts a pair's images at the start of the input
   */
  constructor(kernels: Kernels, sides: number, batchSize: number, open: (pairs: LoadedPairs, pair: number) => void) {
    this.#kernels = kernels;
    this.#sides = sides;
    this.#batchSize = batchSize;
    this.#open = open;
  }

  begin(studies: readonly ImageStudy[], pairs: LoadedPairs, batch: ArrayLike<number>, training: boolean): void {
    const sides = this.#sides;
    const images = new Int32Array(sides * batch.length);
    for (let i = 0; i < images.length; i++) images[i] = sides * (batch[Math.floor(i / sides)] as number) + (i % sides);
    for (const study of studies) if (study.wanted(training)) study.begin(this.#placeOf(study, pairs), images);
  }

  /** Has the images that stand in the input studied, for they will not be seen again. */
  beginNew(studies: readonly ImageStudy[], pairs: number, training: boolean): void {
    const images = Int32Array.from({ length: this.#sides * pairs }, (_, image) => image);
    for (const study of studies) {
      if (!study.wanted(training)) continue;
      const room = this.#roomOf(study);
      this.#kernels.floats(room, images.length * study.floats).fill(0);
      for (const image of images) study.measure(image, room + image * study.floats * 4);
      study.begin(room, images);
    }
  }

  #roomOf(study: ImageStudy): Pointer {
    const room = this.#rooms.get(study) ?? this.#kernels.allocate(this.#sides * this.#batchSize * study.floats);
    this.#rooms.set(study, room);
    return room;
  }

  /** Where a study has all images of pairs; the first time, it measures them. */
  #placeOf(study: ImageStudy, pairs: LoadedPairs): Pointer {
    const known = this.#measured.get(study) ?? new WeakMap<LoadedPairs, Pointer>();
    this.#measured.set(study, known);
    const found = known.get(pairs);
    if (found !== undefined) return found;
    const sides = this.#sides;
    const place = this.#kernels.allocate(sides * pairs.count * study.floats);
    known.set(pairs, place);
    for (let pair = 0; pair < pairs.count; pair++) {
      this.#open(pairs, pair);
      for (let side = 0; side < sides; side++) study.measure(side, place + (sides * pair + side) * study.floats * 4);
    }
    return place;
  }
}
