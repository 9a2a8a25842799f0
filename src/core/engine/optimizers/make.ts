import { fields, flag, oneOf, optional } from "../../checks.js";
import { InvalidRequest } from "../../errors.js";
import type { PlacedNetwork } from "../../network/network.js";
import type { KernelSpace } from "../kernels.js";
import type { TensorSpace } from "../parameters.js";
import { MOMENTUM, type Optimizer, type OptimizerSettings, WEIGHT_DECAY } from "./optimizer.js";
import { OPTIMIZER_KINDS, OPTIMIZERS, type OptimizerName } from "./registry.js";

const checkSettings = fields(
  { momentum: optional(MOMENTUM), nesterov: optional(flag), weightDecay: optional(WEIGHT_DECAY) },
  "setting",
);

/**
 * Makes an optimizer of all parameters.
 *
 * @param tensors  a model's `tensors`
 * @throws InvalidRequest where the name or a setting is unknown, or a setting is out of range
 */
export function makeOptimizer(
  name: OptimizerName,
  kernels: KernelSpace,
  tensors: TensorSpace,
  settings: OptimizerSettings = {},
): Optimizer {
  oneOf(OPTIMIZERS)(name, "optimizer");
  checkSettings(settings, "");
  const kind = OPTIMIZER_KINDS[name];
  const { momentum = kind.momentum ?? 0, nesterov = false, weightDecay = kind.weightDecay } = settings;
  return kind.make(kernels, tensors, { momentum, nesterov, weightDecay });
}

/** @throws InvalidRequest where an optimizer would train a network exactly as another one does */
export function checkFits(network: PlacedNetwork, optimizer: OptimizerName): void {
  const refusal = OPTIMIZER_KINDS[optimizer].refusal?.(network);
  if (refusal) throw new InvalidRequest(refusal);
}
