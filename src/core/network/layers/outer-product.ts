import { type LayerKind, made, type None } from "../layer-kind.js";
import { halfOf, shaped } from "../rules.js";
import { flat } from "../shape.js";

/** All products of two beliefs. */
export interface OuterProduct {
  readonly kind: "outer-product";
}

declare module "../layer.js" {
  interface Layers {
    readonly "outer-product": OuterProduct;
  }
}

const kind: LayerKind<OuterProduct> = {
  fields: {},
  rules: (_, input) => shaped(flat(halfOf("outerProduct()", input) ** 2)),
  words: () => "outer product",
  role: "prepares",
};
export default kind;

/**
 * All products p_i q_j of a flat input's two halves p and q, j counting first. A linear layer behind it is bilinear in p and q,
 * PyTorch's `Bilinear`: of two beliefs it learns a table of what each pair of classes says.
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const outerProduct = (...none: None): OuterProduct =>
  made("outerProduct()", kind, { kind: "outer-product" }, none);
