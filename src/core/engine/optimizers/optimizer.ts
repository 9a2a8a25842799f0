import { within } from "../../checks.js";
import type { PlacedNetwork } from "../../network/network.js";
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

/** What there is to know of an optimizer, and how it is made. */
export interface OptimizerKind {
  /** What it is called in text. */
  readonly title: string;
  /** Momentum where none is named; absent where it has none. */
  readonly momentum?: number;
  /** Whether it has Nesterov's momentum, too. */
  readonly nesterov?: true;
  /** Weight decay where none is named. */
  readonly weightDecay: number;
  /** Whether weight decay is taken from the weights themselves, times the learning rate, or else an L2 penalty's. */
  readonly decoupled: boolean;
  /** The learning rate at which it usually trains a network, as a multiple of Adam's. */
  readonly usualRate: number;
  /** Whether its steps are larger where the loss is. */
  readonly feelsScale?: true;
  /** Why it is not for a network, to which it would do what another one does; undefined where it is. */
  readonly refusal?: (network: PlacedNetwork) => string | undefined;
  /** Of all parameters. */
  readonly make: (kernels: KernelSpace, tensors: TensorSpace, settings: Required<OptimizerSettings>) => Optimizer;
}

/** What a training says of its optimizer beside the learning rate. */
export interface OptimizerSettings {
  /** Of SGD, 0 for none, default 0.9; and of Muon, default 0.95. */
  readonly momentum?: number;
  /** Of SGD alone: Nesterov's momentum. */
  readonly nesterov?: boolean;
  /**
   * λ. Decoupled from the gradient in AdamW and Muon, where 0.01 is the default, and in Lion; an L2 penalty's elsewhere. Of all
   * parameters, biases and batch norm's too, as in PyTorch.
   */
  readonly weightDecay?: number;
}

export const WEIGHT_DECAYS = { least: 0, most: 1000 } as const;
/** Below 1: what was is forgotten in the end. */
export const MOMENTA = { least: 0, most: 1, open: "most" } as const;
export const WEIGHT_DECAY = within(WEIGHT_DECAYS);
export const MOMENTUM = within(MOMENTA);

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
