import type { KernelSpace } from "../kernels.js";
import type { TensorSpace } from "../parameters.js";
import { SlottedOptimizer } from "./optimizer.js";

const ALPHA = 0.99;
const EPSILON = 1e-8;

export interface RmspropOptions {
  /** λ of an L2 penalty, default 0. */
  readonly weightDecay?: number;
}

/**
 * RMSprop (Tieleman & Hinton 2012) as in PyTorch, with its defaults α 0.99, ε 1e-8, not centred, no momentum. Slot:
 * `second`, the moving average of the gradient's square.
 */
export class Rmsprop extends SlottedOptimizer {
  readonly #weightDecay: number;

  constructor(kernels: KernelSpace, tensors: TensorSpace, { weightDecay = 0 }: RmspropOptions = {}) {
    super(kernels, tensors, ["second"]);
    this.#weightDecay = weightDecay;
  }

  protected override move(learningRate: number): void {
    this.penalize(this.#weightDecay);
    const { values, gradients, room } = this.tensors;
    this.kernels.run.rmsprop(values, gradients, this.slot("second"), room, ALPHA, learningRate, EPSILON);
  }
}
