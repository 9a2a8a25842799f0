import type { Linear } from "../../../network/layers/linear.js";
import { flatValue, type LayerGraph } from "../layer-graph.js";

const layer: LayerGraph<Linear> = (input, at) =>
  flatValue(at.result("Gemm", [at.flat(input), at.tensor("weight"), at.tensor("bias")], { transB: 1 }));
export default layer;
