import type { Kernels, Pointer } from "./kernels.js";
import type { Tensor, TensorSpace } from "./parameters.js";

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** Adam (Kingma & Ba 2015) with PyTorch's defaults: β₁ 0.9, β₂ 0.999, ε 1e-8. */
export class Adam {
  readonly #kernels: Kernels;
  readonly #tensors: TensorSpace;
  readonly #first: Pointer;
  readonly #second: Pointer;
  #steps = 0;
  /** β₁ and β₂ to the power of the steps. */
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

  /** Steps taken. */
  get steps(): number {
    return this.#steps;
  }

  /** Moves every parameter by its gradient. */
  step(): void {
    this.#count();
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

  /** The moving average of a parameter's gradient, or of its square, in PyTorch's order. */
  readMoment(which: "first" | "second", parameter: Tensor): Float32Array {
    return parameter.readAt(this.#kernels, this.#momentOf(which, parameter));
  }

  /** Sets a moment, given in PyTorch's order. */
  writeMoment(which: "first" | "second", parameter: Tensor, elements: ArrayLike<number>): void {
    parameter.writeAt(this.#kernels, this.#momentOf(which, parameter), elements);
  }

  /** Counts steps that a new optimizer has not taken itself: with their moments, the next is as after them. */
  skip(steps: number): void {
    for (let step = 0; step < steps; step++) this.#count();
  }

  /** Multiplies step by step: a power function would round to other bits. */
  #count(): void {
    this.#steps++;
    this.#power1 *= BETA1;
    this.#power2 *= BETA2;
  }

  #momentOf(which: "first" | "second", parameter: Tensor): Pointer {
    const moments = which === "first" ? this.#first : this.#second;
    return moments + parameter.values - this.#tensors.values;
  }
}
