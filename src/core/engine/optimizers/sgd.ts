import { fields, flag, optional } from "../../checks.js";
import type { KernelSpace } from "../kernels.js";
import type { TensorSpace } from "../parameters.js";
import { MOMENTUM, type OptimizerKind, SlottedOptimizer, WEIGHT_DECAY } from "./optimizer.js";

export const SGD_MOMENTUM = 0.9;

/** Options of `Sgd`. */
export interface SgdOptions {
  /** μ, default 0.9. With 0 it is plain gradient descent, which has no slot. */
  readonly momentum?: number;
  /** Whether momentum is Nesterov's; default false. */
  readonly nesterov?: boolean;
  /** λ of an L2 penalty, default 0. */
  readonly weightDecay?: number;
}

const checkOptions = fields(
  { momentum: optional(MOMENTUM), nesterov: optional(flag), weightDecay: optional(WEIGHT_DECAY) },
  "option",
);

/** SGD with momentum as in PyTorch, with dampening 0. The slot `velocity` holds the momentum. */
export class Sgd extends SlottedOptimizer {
  readonly #momentum: number;
  readonly #nesterov: boolean;
  readonly #weightDecay: number;

  /** @throws InvalidRequest where kernels, tensors or options are invalid */
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
  usualRate: 20,
  feelsScale: true,
  make: (kernels, tensors, settings) => new Sgd(kernels, tensors, settings),
};
export default kind;
