import type { BatchNorm } from "../../../network/layers/batch-norm.js";
import { pointwise } from "../pointwise.js";

/** PyTorch's default, and the engine's. */
const EPSILON = 1e-5;

export default pointwise<BatchNorm>((x, at) => {
  const tensors = ["weight", "bias", "running_mean", "running_var"].map((name) => at.tensor(name));
  return at.result("BatchNormalization", [x, ...tensors], { epsilon: { single: EPSILON } });
});
