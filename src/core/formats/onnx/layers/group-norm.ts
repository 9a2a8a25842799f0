import type { GroupNorm } from "../../../network/layers/group-norm.js";
import { elements } from "../../../network/shape.js";
import type { LayerGraph } from "../layer-graph.js";

/** PyTorch's default, and the engine's. */
const EPSILON = 1e-5;

/** Each group as one channel, normalised, then scaled and shifted channel by channel. */
const layer: LayerGraph<GroupNorm> = (input, at, { layer: { groups }, input: shape }) => {
  const { channels, height, width } = shape;
  const isMap = input.rank === 4;
  const grouped = at.reshaped(input.name, "groups", 0, groups, elements(shape) / groups);
  const ones = at.constant("ones", new Float32Array(groups).fill(1));
  const zeros = at.constant("zeros", new Float32Array(groups));
  const normal = at.step("InstanceNormalization", [grouped, ones, zeros], { epsilon: { single: EPSILON } });
  const whole = at.reshaped(normal, "whole", 0, channels, ...(isMap ? [height, width] : []));
  const beside = (name: string) => (isMap ? at.reshaped(at.tensor(name), "channels", channels, 1, 1) : at.tensor(name));
  return { ...input, name: at.result("Add", [at.step("Mul", [whole, beside("weight")]), beside("bias")]) };
};
export default layer;
