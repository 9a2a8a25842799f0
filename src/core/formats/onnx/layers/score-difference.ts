import type { ScoreDifference } from "../../../network/layers/score-difference.js";
import { flatValue, type LayerGraph } from "../layer-graph.js";
import { besideZero } from "../measured.js";

const layer: LayerGraph<ScoreDifference> = (input, at) => {
  const [first, second] = at.halves(input);
  return flatValue(besideZero(at.step("Sub", [second, first]), at));
};
export default layer;
