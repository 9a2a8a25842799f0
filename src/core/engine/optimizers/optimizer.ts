import { within } from "../../checks.js";
import type { PlacedNetwork } from "../../network/network.js";
import { checkSpace, type KernelSpace, type Pointer } from "../kernels.js";
import { checkTensors, type TensorSpace } from "../parameters.js";

/** An optimizer: it changes a model's parameters by their gradients. */
export interface Optimizer {
  /** The number of steps taken. */
  readonly steps: number;
  /**
   * The values that it keeps from earlier steps, by name. Each slot has a value for each parameter value, laid out like the
   * parameters (`TensorSpace.readBeside`).
   */
  readonly slots: ReadonlyMap<string, Pointer>;
  /** Moves every parameter by its gradient. An L2 penalty also changes the gradients. */
  step(learningRate: number): void;
  /** Counts steps that another optimizer has taken. With that one's slots, a new optimizer goes on after them. */
  skip(steps: number): void;
}

/** The description of an optimizer, and its maker. */
export interface OptimizerKind {
  /** Its name in text. */
  readonly title: string;
  /** The default momentum; absent where it has no momentum. */
  readonly momentum?: number;
  /** Whether it can use Nesterov's momentum. */
  readonly nesterov?: true;
  /** The default weight decay. */
  readonly weightDecay: number;
  /** Whether weight decay shrinks the weights by a multiple of the learning rate. Otherwise it is an L2 penalty. */
  readonly decoupled: boolean;
  /** The learning rate at which it usually trains a network, as a multiple of Adam's. */
  readonly usualRate: number;
  /** Whether its steps grow with the loss's scale. */
  readonly feelsScale?: true;
  /** Why it must not train a network, for which it would be the same as another optimizer; undefined where it may. */
  readonly refusal?: (network: PlacedNetwork) => string | undefined;
  /** Makes an optimizer of all parameters. */
  readonly make: (kernels: KernelSpace, tensors: TensorSpace, settings: Required<OptimizerSettings>) => Optimizer;
}

/** Settings of an optimizer besides the learning rate. */
export interface OptimizerSettings {
  /** Only for SGD, where it is 0.9 by default and may be 0, and for Muon, where it is 0.95 by default. */
  readonly momentum?: number;
  /** Only for SGD: whether momentum is Nesterov's. Default false. */
  readonly nesterov?: boolean;
  /**
   * λ. In AdamW, Muon and Lion it is decoupled from the gradient; elsewhere it is an L2 penalty's. The default is 0.01 in AdamW and
   * Muon, and 0 elsewhere. As in PyTorch, it applies to all parameters, including biases and batch norm's.
   */
  readonly weightDecay?: number;
}

export const WEIGHT_DECAYS = { least: 0, most: 1000 } as const;
/** Below 1, so that earlier steps are forgotten in the end. */
export const MOMENTA = { least: 0, most: 1, open: "most" } as const;
export const WEIGHT_DECAY = within(WEIGHT_DECAYS);
export const MOMENTUM = within(MOMENTA);

/** The common part of optimizers: it counts steps and keeps slots, which start at zero. */
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

  protected slot(name: string): Pointer {
    return this.slots.get(name) as Pointer;
  }

  protected count(): void {
    this.#steps++;
  }

  /** Moves every parameter. The step is already counted. */
  protected abstract move(learningRate: number): void;

  /** Adds the gradient of an L2 penalty, weightDecay/2 · ‖w‖², as PyTorch's Adam, SGD and RMSprop do. */
  protected penalize(
    weightDecay: number,
    values = this.tensors.values,
    gradients = this.tensors.gradients,
    count = this.tensors.room,
  ): void {
    if (weightDecay !== 0) this.kernels.run.addScaled(gradients, values, count, weightDecay);
  }

  /**
   * Shrinks the weights apart from the gradient's step: decoupled weight decay (Loshchilov & Hutter 2019). It subtracts, because
   * 1 − learningRate · weightDecay in single precision would lose up to 3e-8, a thousandth of usual decays.
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
