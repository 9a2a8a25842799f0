import type { Kernels } from "../kernels.js";
import type { TensorSpace } from "../parameters.js";
import { SlottedOptimizer } from "./optimizer.js";

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

export interface AdamOptions {
  /** λ, default 0. */
  readonly weightDecay?: number;
  /** Shrink the weights by λ · learning rate before the step (AdamW) rather than add λw to the gradient; default false. */
  readonly decoupled?: boolean;
}

/**
 * Adam (Kingma & Ba 2015) and AdamW (Loshchilov & Hutter 2019) as in PyTorch, with its defaults β₁ 0.9, β₂ 0.999, ε 1e-8.
 * Slots: `first` and `second`, the moving averages of the gradient and of its square.
 */
export class Adam extends SlottedOptimizer {
  readonly #weightDecay: number;
  readonly #decoupled: boolean;
  /** β₁ and β₂ to the power of the steps. */
  #power1 = 1;
  #power2 = 1;

  constructor(kernels: Kernels, tensors: TensorSpace, { weightDecay = 0, decoupled = false }: AdamOptions = {}) {
    super(kernels, tensors, ["first", "second"]);
    this.#weightDecay = weightDecay;
    this.#decoupled = decoupled;
  }

  protected override move(learningRate: number): void {
    if (this.#decoupled) this.shrink(learningRate, this.#weightDecay);
    else this.penalize(this.#weightDecay);
    const { values, gradients, room } = this.tensors;
    this.kernels.run.adam(
      values,
      gradients,
      this.slot("first"),
      this.slot("second"),
      room,
      BETA1,
      BETA2,
      learningRate / (1 - this.#power1),
      1 / Math.sqrt(1 - this.#power2),
      EPSILON,
    );
  }

  /** Multiplies step by step: a power function would round to other bits. */
  protected override count(): void {
    super.count();
    this.#power1 *= BETA1;
    this.#power2 *= BETA2;
  }
}
