import type { Relation } from "../../data/relations.js";
import { InvalidRequest } from "../../errors.js";
import type { PlacedNetwork } from "../../network/network.js";
import { flat } from "../../network/shape.js";
import { type Activations, allocateActivations, pairPositions } from "../activations.js";
import type { KernelSpace, Pointer } from "../kernels.js";

/**
 * More pairs from a batch's images: a shared trunk's features of an image are paired with those of other images. The head sees the
 * pairs as one batch. Their gradients are added for each image.
 */
export class Partners {
  /** `[rows, 2 · features]`: the head's input, an image's features and then its partner's. */
  readonly input: Activations;
  /** i32 [rows]: 1 where the relation holds. */
  readonly targets: Pointer;
  readonly #kernels: KernelSpace;
  readonly #features: Activations;
  readonly #relation: Relation;

  /** @param rows  the most pairs that the head sees at once */
  constructor(kernels: KernelSpace, features: Activations, rows: number, relation: Relation) {
    this.#kernels = kernels;
    this.#features = features;
    this.#relation = relation;
    const positions = pairPositions(features);
    const room = allocateActivations(kernels, flat(2 * features.size), rows);
    this.input = { ...room, shape: flat(positions.length), positions };
    this.targets = kernels.allocate(rows);
  }

  /** Puts each first image beside its own partner: the batch's own pairs. */
  asPairs(pairs: number): void {
    const bytes = 4 * this.#features.size;
    this.#kernels.run.copyRows(this.#features.values, 2 * bytes, this.input.values, 2 * bytes, pairs, 2 * bytes);
  }

  /**
   * Puts image i beside image (i + d) mod `images`, for each distance d.
   *
   * @param classes  i32 [images]
   * @returns the number of rows
   */
  meet(images: number, distances: ArrayLike<number>, classes: Pointer): number {
    const bytes = 4 * this.#features.size;
    const { values } = this.#features;
    this.#eachRun(images, distances, (from, to, side, count) => {
      const place = this.input.values + to * 2 * bytes + side * bytes;
      this.#kernels.run.copyRows(values + from * bytes, bytes, place, 2 * bytes, count, bytes);
    });
    const digits = this.#kernels.integers(classes, images);
    const targets = this.#kernels.integers(this.targets, images * distances.length);
    for (let k = 0; k < distances.length; k++)
      for (let i = 0; i < images; i++) {
        const partner = (i + (distances[k] as number)) % images;
        targets[k * images + i] = Number(this.#relation.holds(digits[i] as number, digits[partner] as number));
      }
    return images * distances.length;
  }

  /** Copies the head's gradients of the batch's own pairs to the features' gradients. */
  fromPairs(pairs: number): void {
    const bytes = 4 * this.#features.size;
    this.#kernels.run.copyRows(this.input.gradients, 2 * bytes, this.#features.gradients, 2 * bytes, pairs, 2 * bytes);
  }

  /** Sets the features' gradients to the sums of the head's gradients of them. */
  sendBack(images: number, distances: ArrayLike<number>): void {
    const { size, gradients } = this.#features;
    const bytes = 4 * size;
    this.#kernels.floats(gradients, images * size).fill(0);
    this.#eachRun(images, distances, (to, from, side, count) => {
      const place = this.input.gradients + from * 2 * bytes + side * bytes;
      this.#kernels.run.addRows(place, 2 * bytes, gradients + to * bytes, bytes, count, bytes);
    });
  }

  /** Calls `run` for each run of consecutive images, with its rows and its side: first (0) or second (1) of a pair. */
  #eachRun(
    images: number,
    distances: ArrayLike<number>,
    run: (image: number, row: number, side: 0 | 1, count: number) => void,
  ): void {
    for (let k = 0; k < distances.length; k++) {
      const distance = distances[k] as number;
      const row = k * images;
      run(0, row, 0, images);
      run(distance, row, 1, images - distance);
      run(0, row + images - distance, 1, distance);
    }
  }
}

/** @throws InvalidRequest where nothing learns from more pairs of a batch's images */
export function checkPartners({ trunks, head, pairWeight }: PlacedNetwork, partners: number): void {
  if (partners > 1 && (trunks.length !== 1 || head.length === 0 || pairWeight === 0))
    throw new InvalidRequest("partners need a trunk that both images share, and a head that is trained");
}
