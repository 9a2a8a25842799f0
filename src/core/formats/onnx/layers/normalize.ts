import type { Normalize } from "../../../network/layers/normalize.js";
import { flatValue, type LayerGraph } from "../layer-graph.js";

/** What a length counts as at least; the engine's. */
const EPSILON = 1e-12;

const layer: LayerGraph<Normalize> = (input, at, { layer: { groups }, input: { channels } }) => {
  const grouped = at.reshaped(at.flat(input), "groups", 0, groups, channels / groups);
  const lengths = at.step("ReduceL2", [grouped], { axes: [2] });
  const divisors = at.step("Max", [lengths, at.constant("least", EPSILON)]);
  return flatValue(at.result("Flatten", [at.step("Div", [grouped, divisors])], { axis: 1 }));
};
export default layer;
