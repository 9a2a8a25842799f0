import type { AbsoluteDifference } from "../../../network/layers/absolute-difference.js";
import { flatValue, type LayerGraph } from "../layer-graph.js";

const layer: LayerGraph<AbsoluteDifference> = (input, at) =>
  flatValue(at.result("Abs", [at.step("Sub", at.halves(input))]));
export default layer;
