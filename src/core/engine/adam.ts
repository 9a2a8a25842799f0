import type { Kernels, Pointer } from "./kernels.js";
import type { TensorSpace } from "./parameters.js";

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** Adam (Kingma & Ba 2015) with PyTorch's defaults: β₁ 0.9, β₂ 0.999, ε 1e-8. */
export class Adam {
  readonly #kernels: Kernels;
  readonly #tensors: TensorSpace;
  readonly #first: Pointer;
  readonly #second: Pointer;
  #power1 = 1;
  #power2 = 1;

  constructor(
    kernels: Kernels,
    tensors: TensorSpace,
    readonly learningRate: number,
  ) {
    this.#kernels = kernels;
    this.#tensors = tensors;
    this.#first = kernels.allocate(tensors.room);
    this.#second = kernels.allocate(tensors.room);
  }

  /** Moves every parameter by its gradient. */
  step(): void {
    this.#power1 *= BETA1;
    this.#power2 *= BETA2;
    const { values, gradients, room } = this.#tensors;
    this.#kernels.run.adam(
      values,
      gradients,
      this.#first,
      this.#second,
      room,
      BETA1,
      BETA2,
      this.learningRate / (1 - this.#power1),
      1 / Math.sqrt(1 - this.#power2),
      EPSILON,
    );
  }
}
