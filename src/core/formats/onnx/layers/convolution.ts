import type { Convolution } from "../../../network/layers/convolution.js";
import { type LayerGraph, mapValue } from "../layer-graph.js";
import { windowAttributes } from "../windows.js";

const layer: LayerGraph<Convolution> = (input, at, { layer: { kernel: size, stride, padding } }) => {
  const inputs = [at.map(input), at.tensor("weight"), at.tensor("bias")];
  return mapValue(at.result("Conv", inputs, windowAttributes({ size, stride, padding })));
};
export default layer;
