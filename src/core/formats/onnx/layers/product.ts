import type { Product } from "../../../network/layers/product.js";
import { flatValue, type LayerGraph } from "../layer-graph.js";

const layer: LayerGraph<Product> = (input, at) => flatValue(at.result("Mul", at.halves(input)));
export default layer;
