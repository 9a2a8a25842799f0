import { within } from "../../checks.js";
import { SETTING_LIMITS } from "../../settings/table.js";
import { checkSpace, type KernelSpace, type Pointer } from "../kernels.js";
import { checkTensors, type TensorSpace } from "../parameters.js";

/** Changes a model's parameters by their gradients. */
export interface Optimizer {
  /** Steps taken. */
  readonly steps: number;
  /**
   * What it remembers of earlier steps: names, and where each value lies. There is one for each parameter's value, laid out
   * as the parameters are (`TensorSpace.readBeside`).
   */
  readonly slots: ReadonlyMap<string, Pointer>;
  /** Moves every parameter by its gradient. A weight decay by L2 changes the gradients, too. */
  step(learningRate: number): void;
  /** Counts steps that a new optimizer has not taken itself: with their slots, the next is as after them. */
  skip(steps: number): void;
}

export const WEIGHT_DECAY = within(SETTING_LIMITS.weightDecay);
export const MOMENTUM = within(SETTING_LIMITS.momentum);

/** What optimizers have in common: their steps are counted, their slots start at zero. */
export abstract class SlottedOptimizer implements Optimizer {
  readonly slots: ReadonlyMap<string, Pointer>;
  #steps = 0;

  constructor(
    protected readonly kernels: KernelSpace,
    protected readonly tensors: TensorSpace,
    slots: readonly string[],
  ) {
    checkSpace(kernels, "kernels");
    checkTensors(tensors, "tensors");
    this.slots = new Map(slots.map((name) => [name, kernels.allocate(tensors.room)]));
  }

  get steps(): number {
    return this.#steps;
  }

  step(learningRate: number): void {
    this.count();
    this.move(learningRate);
  }

  skip(steps: number): void {
    for (let step = 0; step < steps; step++) this.count();
  }

  /** Where a slot's values begin. */
  protected slot(name: string): Pointer {
    return this.slots.get(name) as Pointer;
  }

  protected count(): void {
    this.#steps++;
  }

  /** Moves every parameter; the step is counted already. */
  protected abstract move(learningRate: number): void;

  /** Adds the gradient of weightDecay/2 · ‖w‖², an L2 penalty, as PyTorch's Adam, SGD and RMSprop do. */
  protected penalize(
    weightDecay: number,
    values = this.tensors.values,
    gradients = this.tensors.gradients,
    count = this.tensors.room,
  ): void {
    if (weightDecay !== 0) this.kernels.run.addScaled(gradients, values, count, weightDecay);
  }

  /**
   * Shrinks the weights beside the gradient's step: decoupled weight decay (Loshchilov & Hutter 2019). By subtracting, for
   * 1 − learningRate · weightDecay in single precision would lose up to 3e-8, a part in a thousand of usual decays.
   */
  protected shrink(
    learningRate: number,
    weightDecay: number,
    values = this.tensors.values,
    count = this.tensors.room,
  ): void {
    if (weightDecay !== 0) this.kernels.run.addScaled(values, values, count, -learningRate * weightDecay);
  }
}
