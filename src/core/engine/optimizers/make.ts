import { fields, flag, oneOf, optional } from "../../checks.js";
import type { KernelSpace } from "../kernels.js";
import type { TensorSpace } from "../parameters.js";
import { Adam } from "./adam.js";
import { Lion } from "./lion.js";
import { Muon } from "./muon.js";
import { OPTIMIZERS, type OptimizerName } from "./names.js";
import { MOMENTUM, type Optimizer, WEIGHT_DECAY } from "./optimizer.js";
import { Rmsprop } from "./rmsprop.js";
import { Sgd } from "./sgd.js";

/** PyTorch's default of AdamW, which without weight decay would be Adam. The others have none. */
export const ADAMW_WEIGHT_DECAY = 0.01;
/** Where none is named. */
export const SGD_MOMENTUM = 0.9;
export const MUON_MOMENTUM = 0.95;

/** Momentum where none is named; optimizers without one are missing. */
export const DEFAULT_MOMENTUM: Readonly<Partial<Record<OptimizerName, number>>> = {
  sgd: SGD_MOMENTUM,
  muon: MUON_MOMENTUM,
};

/** Weight decay where none is named. */
export const defaultWeightDecay = (optimizer: OptimizerName): number =>
  optimizer === "adamw" || optimizer === "muon" ? ADAMW_WEIGHT_DECAY : 0;

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

const checkSettings = fields(
  { momentum: optional(MOMENTUM), nesterov: optional(flag), weightDecay: optional(WEIGHT_DECAY) },
  "setting",
);

/** A new optimizer of all parameters. @throws InvalidRequest for an unknown name or setting, or one out of range */
export function makeOptimizer(
  name: OptimizerName,
  kernels: KernelSpace,
  tensors: TensorSpace,
  settings: OptimizerSettings = {},
): Optimizer {
  oneOf(OPTIMIZERS)(name, "optimizer");
  checkSettings(settings, "");
  const { momentum = DEFAULT_MOMENTUM[name] ?? 0, nesterov = false } = settings;
  const { weightDecay = defaultWeightDecay(name) } = settings;
  const decay = { weightDecay };
  switch (name) {
    case "adam":
      return new Adam(kernels, tensors, decay);
    case "adamw":
      return new Adam(kernels, tensors, { ...decay, decoupled: true });
    case "sgd":
      return new Sgd(kernels, tensors, { momentum, nesterov, ...decay });
    case "rmsprop":
      return new Rmsprop(kernels, tensors, decay);
    case "lion":
      return new Lion(kernels, tensors, decay);
    case "muon":
      return new Muon(kernels, tensors, { momentum, ...decay });
  }
}
