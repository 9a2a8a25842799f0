import { type LayerKind, made, type None } from "../layer-kind.js";
import { halfOf, shaped } from "../rules.js";
import { flat } from "../shape.js";

/** What makes two images alike, and what tells them apart. */
export interface Matching {
  readonly kind: "matching";
}

declare module "../layer.js" {
  interface Layers {
    readonly matching: Matching;
  }
}

const kind: LayerKind<Matching> = {
  fields: {},
  rules: (_, input) => shaped(flat(2 * halfOf("matching()", input))),
  words: () => "|f − g| beside f · g",
  short: () => "matching |f − g|, f · g",
  role: "prepares",
  swapped: "same",
};
export default kind;

/**
 * |f − g| and behind it f · g, both by element, of a flat input's two halves, f of the first image and g of the second: 2F elements
 * stay 2F. Swapping the images changes nothing, to the last bit. Where f_i = g_i the gradient of |f − g| is 0, as that of PyTorch's
 * `abs`. The two symmetric parts of the features of Conneau et al. 2017, "Supervised Learning of Universal Sentence Representations".
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const matching = (...none: None): Matching => made("matching()", kind, { kind: "matching" }, none);
