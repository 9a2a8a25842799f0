import type { KernelSpace, Pointer } from "../kernels.js";
import type { ImageStudy } from "../operations/operation.js";
import type { ThreadGroup } from "../thread-group.js";
import type { LoadedPairs, StudyRoom } from "./loaded-pairs.js";

/** Makes studies of images, only once for images that do not change, and gives each study those of a batch. */
export class Studies {
  readonly #kernels: KernelSpace;
  readonly #sides: number;
  readonly #batchSize: number;
  readonly #open: (pairs: LoadedPairs, pair: number) => void;
  readonly #group: ThreadGroup | undefined;
  /** Memory for the images of one batch. */
  readonly #rooms = new Map<ImageStudy, Pointer>();

  /**
   * @param sides  the examples of a pair that one operation sees: 1 where its images are channels of one, or it sees only one of them
   * @param batchSize  the most pairs in a batch
   * @param open   puts a pair's images at the start of the input
   * @param group  the threads that divide a batch
   */
  constructor(
    kernels: KernelSpace,
    sides: number,
    batchSize: number,
    open: (pairs: LoadedPairs, pair: number) => void,
    group?: ThreadGroup,
  ) {
    this.#group = group;
    this.#kernels = kernels;
    this.#sides = sides;
    this.#batchSize = batchSize;
    this.#open = open;
  }

  /** Takes memory for the studies of pairs that do not change. */
  place(studies: readonly ImageStudy[], pairs: number, training: boolean): Map<ImageStudy, StudyRoom> {
    return new Map(
      studies
        .filter((study) => training || !study.forTraining)
        .map((study) => [
          study,
          { place: this.#kernels.allocate(this.#sides * pairs * study.floats), measured: false },
        ]),
    );
  }

  /** Takes memory for the studies of a batch's images that will not be seen again. */
  placeNew(studies: readonly ImageStudy[], training: boolean): void {
    for (const study of studies) {
      if (this.#rooms.has(study) || (study.forTraining && !training)) continue;
      this.#rooms.set(study, this.#kernels.allocate(this.#sides * this.#batchSize * study.floats));
    }
  }

  begin(studies: readonly ImageStudy[], pairs: LoadedPairs, batch: ArrayLike<number>, training: boolean): void {
    const sides = this.#sides;
    const images = new Int32Array(sides * batch.length);
    for (let i = 0; i < images.length; i++) images[i] = sides * (batch[Math.floor(i / sides)] as number) + (i % sides);
    const { first, count } = this.#group?.ownPairs(batch.length) ?? { first: 0, count: batch.length };
    const own = images.subarray(sides * first, sides * (first + count));
    for (const study of studies)
      if (isWanted(study, training)) study.begin(this.#measure(study, pairs), study.ofBatch ? images : own);
  }

  /** Makes the studies of the images in the input, which will not be seen again. */
  beginNew(studies: readonly ImageStudy[], pairs: number, training: boolean): void {
    const images = Int32Array.from({ length: this.#sides * pairs }, (_, image) => image);
    const wanted = studies.filter((study) => isWanted(study, training));
    this.placeNew(wanted, training);
    for (const study of wanted) {
      const room = this.#rooms.get(study) as Pointer;
      this.#kernels.floats(room, images.length * study.floats).fill(0);
      for (const image of images) study.measure(image, room + image * study.floats * 4);
      study.begin(room, images);
    }
  }

  /** The memory with a study of all images of pairs. The first call measures them. */
  #measure(study: ImageStudy, pairs: LoadedPairs): Pointer {
    const known = pairs.studied.get(study) ?? this.place([study], pairs.count, true).get(study);
    const room = known as StudyRoom;
    if (room.measured) return room.place;
    pairs.studied.set(study, room);
    room.measured = true;
    const sides = this.#sides;
    for (let pair = 0; pair < pairs.count; pair++) {
      this.#open(pairs, pair);
      for (let side = 0; side < sides; side++)
        study.measure(side, room.place + (sides * pair + side) * study.floats * 4);
    }
    return room.place;
  }
}

const isWanted = ({ forTraining, pays }: ImageStudy, training: boolean): boolean => pays && (training || !forTraining);
