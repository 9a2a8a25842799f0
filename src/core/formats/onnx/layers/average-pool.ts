import type { AveragePool } from "../../../network/layers/average-pool.js";
import { type LayerGraph, mapValue } from "../layer-graph.js";
import { windowAttributes } from "../windows.js";

const layer: LayerGraph<AveragePool> = (input, at, { layer: window }) =>
  mapValue(at.result("AveragePool", [at.map(input)], { ...windowAttributes(window), count_include_pad: 1 }));
export default layer;
