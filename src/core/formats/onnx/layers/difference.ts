import type { SignedDifference } from "../../../network/layers/difference.js";
import { flatValue, type LayerGraph } from "../layer-graph.js";

const layer: LayerGraph<SignedDifference> = (input, at) => flatValue(at.result("Sub", at.halves(input)));
export default layer;
