import type { Matching } from "../../../network/layers/matching.js";
import { flatValue, type LayerGraph } from "../layer-graph.js";

const layer: LayerGraph<Matching> = (input, at) => {
  const halves = at.halves(input);
  const apart = at.step("Abs", [at.step("Sub", halves)]);
  return flatValue(at.result("Concat", [apart, at.step("Mul", halves)], { axis: 1 }));
};
export default layer;
