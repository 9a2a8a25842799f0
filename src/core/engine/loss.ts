import { type DigitSettings, labelledPairs } from "../network/digit-settings.js";
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

type LossSettings = Required<Pick<DigitSettings, "labelSmoothing" | "labelFraction">>;

/**
 * The loss of a batch: pairWeight · the relation's cross-entropy + auxiliaryWeight · both digits' cross-entropies, each a sum over
 * pairs. In training, a loss also sets the gradient of its logits.
 */
export class Loss {
  readonly #kernels: KernelSpace;
  readonly #network: PlacedNetwork;
  readonly #logits: LossLogits;
  readonly #input: PairInput;
  readonly #settings: LossSettings;

  constructor(
    kernels: KernelSpace,
    network: PlacedNetwork,
    logits: LossLogits,
    input: PairInput,
    settings: LossSettings,
  ) {
    this.#kernels = kernels;
    this.#network = network;
    this.#logits = logits;
    this.#input = input;
    this.#settings = settings;
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

  /** The summed and weighted cross-entropy of the digits by which pairs are decided; 0 without an auxiliary weight. */
  ofDigits(pairs: number): number {
    const weight = this.#network.auxiliaryWeight;
    const { digits } = this.#logits;
    if (!digits || weight === 0) return 0;
    return weight * this.#crossEntropy(digits, 2 * pairs, this.#input.classes, 0, 0, false);
  }

  /**
   * The summed and weighted cross-entropy of each member's digits, in training; 0 without an auxiliary weight. With a label fraction it is
   * of the first so many pairs, at least one, and divided by their part.
   *
   * @param batch  indices of pairs
   * @param of     how many pairs there are
   */
  learnDigits(batch: ArrayLike<number>, of: number): number {
    const { auxiliaryWeight } = this.#network;
    const { digits, learners } = this.#logits;
    if (!digits || auxiliaryWeight === 0) return 0;
    const labelled = labelledPairs(this.#settings.labelFraction, of);
    const weight = auxiliaryWeight * (of / labelled);
    let loss = 0;
    for (const logits of learners)
      for (const { first, pairs } of stretches(batch, labelled))
        loss += this.#crossEntropy(
          rowsFrom(logits, 2 * first),
          2 * pairs,
          this.#input.classes + 8 * first,
          weight / batch.length,
          this.#settings.labelSmoothing,
          true,
        );
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

/** Stretches of a batch whose pairs are among the first `labelled`, by their places in it. */
function stretches(batch: ArrayLike<number>, labelled: number): { readonly first: number; readonly pairs: number }[] {
  const found: { first: number; pairs: number }[] = [];
  for (let i = 0; i < batch.length; i++) {
    if ((batch[i] as number) >= labelled) continue;
    const last = found.at(-1);
    if (last && last.first + last.pairs === i) last.pairs++;
    else found.push({ first: i, pairs: 1 });
  }
  return found;
}

/** Logits without the rows before `row`. */
const rowsFrom = (logits: Logits, row: number): Logits => ({
  ...logits,
  values: logits.values + 4 * row * logits.size,
  gradients: logits.gradients + 4 * row * logits.size,
});
