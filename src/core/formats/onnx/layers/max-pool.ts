import type { MaxPool } from "../../../network/layers/max-pool.js";
import { type LayerGraph, mapValue } from "../layer-graph.js";
import { windowAttributes } from "../windows.js";

const layer: LayerGraph<MaxPool> = (input, at, { layer: window }) =>
  mapValue(at.result("MaxPool", [at.map(input)], windowAttributes(window)));
export default layer;
