import { fields, flag, optional } from "../../checks.js";
import type { KernelSpace } from "../kernels.js";
import type { TensorSpace } from "../parameters.js";
import { MOMENTUM, type OptimizerKind, SlottedOptimizer, WEIGHT_DECAY } from "./optimizer.js";

/** Where none is named. */
export const SGD_MOMENTUM = 0.9;

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
    const { momentum = SGD_MOMENTUM, nesterov = false, weightDecay = 0 } = options;
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

const kind: OptimizerKind = {
  title: "SGD",
  momentum: SGD_MOMENTUM,
  nesterov: true,
  weightDecay: 0,
  decoupled: false,
  // A step has the gradient's size.
  usualRate: 20,
  feelsScale: true,
  make: (kernels, tensors, settings) => new Sgd(kernels, tensors, settings),
};
export default kind;
