import { fields, optional } from "../../checks.js";
import type { KernelSpace } from "../kernels.js";
import type { TensorSpace } from "../parameters.js";
import { type OptimizerKind, SlottedOptimizer, WEIGHT_DECAY } from "./optimizer.js";

const ALPHA = 0.99;
const EPSILON = 1e-8;

/** Options of `Rmsprop`. */
export interface RmspropOptions {
  /** λ of an L2 penalty, default 0. */
  readonly weightDecay?: number;
}

const checkOptions = fields({ weightDecay: optional(WEIGHT_DECAY) }, "option");

/**
 * RMSprop (Tieleman & Hinton 2012) as in PyTorch, with its defaults α 0.99, ε 1e-8, not centred, no momentum. The slot `second`
 * holds the moving average of the gradient's square.
 */
export class Rmsprop extends SlottedOptimizer {
  readonly #weightDecay: number;

  /** @throws InvalidRequest where kernels, tensors or options are invalid */
  constructor(kernels: KernelSpace, tensors: TensorSpace, options: RmspropOptions = {}) {
    super(kernels, tensors, ["second"]);
    checkOptions(options, "");
    this.#weightDecay = options.weightDecay ?? 0;
  }

  protected override move(learningRate: number): void {
    this.penalize(this.#weightDecay);
    const { values, gradients, room } = this.tensors;
    this.kernels.run.rmsprop(values, gradients, this.slot("second"), room, ALPHA, learningRate, EPSILON);
  }
}

const kind: OptimizerKind = {
  title: "RMSprop",
  weightDecay: 0,
  decoupled: false,
  usualRate: 1,
  make: (kernels, tensors, { weightDecay }) => new Rmsprop(kernels, tensors, { weightDecay }),
};
export default kind;
