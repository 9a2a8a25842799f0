import type { Softmax } from "../../../network/layers/softmax.js";
import { flatValue, type LayerGraph } from "../layer-graph.js";

const layer: LayerGraph<Softmax> = (input, at, { layer: { groups, temperature }, input: { channels } }) => {
  const flat = at.flat(input);
  const logits = temperature === undefined ? flat : at.step("Div", [flat, at.constant("temperature", temperature)]);
  if (groups === 1) return flatValue(at.result("Softmax", [logits], { axis: 1 }));
  const beliefs = at.step("Softmax", [at.reshaped(logits, "groups", 0, groups, channels / groups)], { axis: 2 });
  return flatValue(at.result("Flatten", [beliefs], { axis: 1 }));
};
export default layer;
