import { type LayerKind, made, type None } from "../layer-kind.js";
import { halfOf, shaped } from "../rules.js";
import { flat } from "../shape.js";

/** All products of an element of the first half and one of the second, such as of two beliefs. */
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
 * All products p_i q_j of a flat input's two halves p and q; j changes fastest. A linear layer after it is bilinear in p and q,
 * like PyTorch's `Bilinear`. From two beliefs it learns a table with an entry for each pair of classes.
 *
 * @throws InvalidRequest where an argument is invalid
 */
export const outerProduct = (...none: None): OuterProduct =>
  made("outerProduct()", kind, { kind: "outer-product" }, none);
