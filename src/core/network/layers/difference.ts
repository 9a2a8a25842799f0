import { type LayerKind, made, type None } from "../layer-kind.js";
import { halfOf, shaped } from "../rules.js";
import { flat } from "../shape.js";

/** What the first image has more of than the second. */
export interface SignedDifference {
  readonly kind: "difference";
}

declare module "../layer.js" {
  interface Layers {
    readonly difference: SignedDifference;
  }
}

const kind: LayerKind<SignedDifference> = {
  fields: {},
  rules: (_, input) => shaped(flat(halfOf("difference()", input))),
  words: () => "f − g",
  role: "prepares",
};
export default kind;

/**
 * f − g of a flat input whose first half is f, the first image's features, and whose second half is g, the second's: 2F elements
 * become F. Swapping the images negates it, so it suits questions of order. Of a shared trunk it drops what both images have.
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const difference = (...none: None): SignedDifference => made("difference()", kind, { kind: "difference" }, none);
