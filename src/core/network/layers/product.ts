import { type LayerKind, made, type None } from "../layer-kind.js";
import { halfOf, shaped } from "../rules.js";
import { flat } from "../shape.js";

/** What two images both have, feature by feature. */
export interface Product {
  readonly kind: "product";
}

declare module "../layer.js" {
  interface Layers {
    readonly product: Product;
  }
}

const kind: LayerKind<Product> = {
  fields: {},
  rules: (_, input) => shaped(flat(halfOf("product()", input))),
  words: () => "f · g",
  role: "prepares",
  swapped: "same",
};
export default kind;

/**
 * f · g by element (Hadamard's product) of a flat input's two halves, f of the first image and g of the second: 2F elements become
 * F. Swapping the images changes nothing. A linear layer behind it weighs the terms of the scalar product of f and g.
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const product = (...none: None): Product => made("product()", kind, { kind: "product" }, none);
