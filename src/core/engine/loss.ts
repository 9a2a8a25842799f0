import type { PlacedNetwork } from "../network/network.js";
import type { KernelSpace, Pointer } from "./kernels.js";
import type { Logits } from "./logits.js";
import type { PairInput } from "./pairs/pair-input.js";

/** The logits that have a loss. */
interface LossLogits {
  /** `[pairs, 2]`: the logits of the relation. */
  readonly answer: Logits | undefined;
  /** `[2 · pairs, classes]`: the digit logits of both images, by which the pair is decided. */
  readonly digits: Logits | undefined;
  /** The digit logits that are trained: each member's own. */
  readonly learners: readonly Logits[];
}

/**
 * The loss of a batch: pairWeight · the relation's cross-entropy + auxiliaryWeight · both digits' cross-entropies, each a sum over
 * pairs. In training, a loss also sets the gradient of its logits.
 */
export class Loss {
  readonly #kernels: KernelSpace;
  readonly #network: PlacedNetwork;
  readonly #logits: LossLogits;
  readonly #input: PairInput;
  readonly #labelSmoothing: number;

  constructor(
    kernels: KernelSpace,
    network: PlacedNetwork,
    logits: LossLogits,
    input: PairInput,
    labelSmoothing: number,
  ) {
    this.#kernels = kernels;
    this.#network = network;
    this.#logits = logits;
    this.#input = input;
    this.#labelSmoothing = labelSmoothing;
  }

  /**
   * The summed and weighted cross-entropy of the relation; 0 where it has no weight. In training it clears the gradients at which
   * the way back begins.
   *
   * @param seen  the pairs that the head sees: more than the batch's where there are partners
   */
  ofPairs(pairs: number, training: boolean, seen = pairs, targets = this.#input.targets): number {
    const weight = this.#network.pairWeight;
    const answer = weight > 0 ? this.#logits.answer : undefined;
    const rows = answer ? seen : 2 * pairs;
    for (const { gradients, size } of training ? (answer ? [answer] : this.#logits.learners) : [])
      this.#kernels.floats(gradients, rows * size).fill(0);
    if (!answer) return 0;
    const total = this.#crossEntropy(answer, seen, targets, weight / seen, 0, training);
    return seen === pairs ? weight * total : (weight * total * pairs) / seen;
  }

  /** The summed and weighted cross-entropy of the digits, in training of each member's; 0 without an auxiliary weight. */
  ofDigits(pairs: number, training: boolean): number {
    const weight = this.#network.auxiliaryWeight;
    const { digits, learners } = this.#logits;
    if (!digits || weight === 0) return 0;
    const smoothing = training ? this.#labelSmoothing : 0;
    let loss = 0;
    for (const logits of training ? learners : [digits])
      loss += this.#crossEntropy(logits, 2 * pairs, this.#input.classes, weight / pairs, smoothing, training);
    return weight * loss;
  }

  #crossEntropy(
    { values, gradients, size, columns, positions }: Logits,
    rows: number,
    labels: Pointer,
    weight: number,
    smoothing: number,
    training: boolean,
  ): number {
    const { run } = this.#kernels;
    const into = training ? gradients : 0;
    return run.crossEntropy(values, rows, positions.length, size, columns, labels, weight, smoothing, into);
  }
}
