import { Adam } from "./adam.js";
import type { OptimizerKind } from "./optimizer.js";

/** PyTorch's default for AdamW. Without weight decay AdamW is Adam. */
export const ADAMW_WEIGHT_DECAY = 0.01;

const kind: OptimizerKind = {
  title: "AdamW",
  weightDecay: ADAMW_WEIGHT_DECAY,
  decoupled: true,
  usualRate: 1,
  make: (kernels, tensors, { weightDecay }) => new Adam(kernels, tensors, { weightDecay, decoupled: true }),
};
export default kind;
