import { fields, optional } from "../../checks.js";
import type { KernelSpace } from "../kernels.js";
import type { TensorSpace } from "../parameters.js";
import { type OptimizerKind, SlottedOptimizer, WEIGHT_DECAY } from "./optimizer.js";

const BETA1 = 0.9;
const BETA2 = 0.99;

/** Options of `Lion`. */
export interface LionOptions {
  /** λ of a decoupled weight decay, default 0. */
  readonly weightDecay?: number;
}

const checkOptions = fields({ weightDecay: optional(WEIGHT_DECAY) }, "option");

/**
 * Lion (Chen et al. 2023, "Symbolic Discovery of Optimization Algorithms", algorithm 2) with β₁ 0.9 and β₂ 0.99. Every weight with
 * a gradient moves by the whole learning rate, which should be 3 to 10 times smaller than Adam's. The slot `first` holds the moving
 * average of the gradient.
 */
export class Lion extends SlottedOptimizer {
  readonly #weightDecay: number;

  /** @throws InvalidRequest where kernels, tensors or options are invalid */
  constructor(kernels: KernelSpace, tensors: TensorSpace, options: LionOptions = {}) {
    super(kernels, tensors, ["first"]);
    checkOptions(options, "");
    this.#weightDecay = options.weightDecay ?? 0;
  }

  protected override move(learningRate: number): void {
    this.shrink(learningRate, this.#weightDecay);
    const { values, gradients, room } = this.tensors;
    this.kernels.run.lion(values, gradients, this.slot("first"), room, BETA1, BETA2, learningRate);
  }
}

const kind: OptimizerKind = {
  title: "Lion",
  weightDecay: 0,
  decoupled: true,
  // Chen et al. 2023 take 3 to 10 times less than AdamW's.
  usualRate: 0.1,
  make: (kernels, tensors, { weightDecay }) => new Lion(kernels, tensors, { weightDecay }),
};
export default kind;
