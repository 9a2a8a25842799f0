import { fields, flag, optional } from "../../checks.js";
import type { KernelSpace } from "../kernels.js";
import type { TensorSpace } from "../parameters.js";
import { MOMENTUM, SlottedOptimizer, WEIGHT_DECAY } from "./optimizer.js";

/** What `Sgd` is made with. */
export interface SgdOptions {
  /** μ. 0 for plain gradient descent, which has no slot; default 0.9. */
  readonly momentum?: number;
  /** Nesterov's look ahead; default false. */
  readonly nesterov?: boolean;
  /** λ of an L2 penalty, default 0. */
  readonly weightDecay?: number;
}

const checkOptions = fields(
  { momentum: optional(MOMENTUM), nesterov: optional(flag), weightDecay: optional(WEIGHT_DECAY) },
  "option",
);

/** SGD with momentum as in PyTorch, dampening 0. Slot: `velocity`. */
export class Sgd extends SlottedOptimizer {
  readonly #momentum: number;
  readonly #nesterov: boolean;
  readonly #weightDecay: number;

  /** @throws InvalidRequest where kernels, tensors or options are not what they should be */
  constructor(kernels: KernelSpace, tensors: TensorSpace, options: SgdOptions = {}) {
    checkOptions(options, "");
    const { momentum = 0.9, nesterov = false, weightDecay = 0 } = options;
    super(kernels, tensors, momentum === 0 ? [] : ["velocity"]);
    this.#momentum = momentum;
    this.#nesterov = nesterov;
    this.#weightDecay = weightDecay;
  }

  protected override move(learningRate: number): void {
    this.penalize(this.#weightDecay);
    const { run } = this.kernels;
    const { values, gradients, room } = this.tensors;
    if (this.#momentum === 0) run.addScaled(values, gradients, room, -learningRate);
    else run.sgd(values, gradients, this.slot("velocity"), room, this.#momentum, Number(this.#nesterov), learningRate);
  }
}
