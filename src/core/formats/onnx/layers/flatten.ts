import type { Flatten } from "../../../network/layers/flatten.js";
import { flatValue, type LayerGraph } from "../layer-graph.js";

const layer: LayerGraph<Flatten> = (input, at) =>
  input.rank === 2 ? input : flatValue(at.result("Flatten", [input.name], { axis: 1 }));
export default layer;
