import type { GlobalAveragePool } from "../../../network/layers/global-average-pool.js";
import { flatValue, type LayerGraph } from "../layer-graph.js";

const layer: LayerGraph<GlobalAveragePool> = (input, at) =>
  flatValue(at.result("Flatten", [at.step("GlobalAveragePool", [at.map(input)])], { axis: 1 }));
export default layer;
