import type { OuterProduct } from "../../../network/layers/outer-product.js";
import { flatValue, type LayerGraph } from "../layer-graph.js";

const layer: LayerGraph<OuterProduct> = (input, at, { input: { channels } }) => {
  const [first, second] = at.halves(input);
  const column = at.reshaped(first, "column", 0, channels / 2, 1);
  const row = at.reshaped(second, "row", 0, 1, channels / 2);
  return flatValue(at.result("Flatten", [at.step("Mul", [column, row])], { axis: 1 }));
};
export default layer;
