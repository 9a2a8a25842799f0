import { type LayerKind, made, type None } from "../layer-kind.js";
import { halfOf, shaped } from "../rules.js";
import { flat } from "../shape.js";

/** How far apart two images are, feature by feature. */
export interface AbsoluteDifference {
  readonly kind: "absolute-difference";
}

declare module "../layer.js" {
  interface Layers {
    readonly "absolute-difference": AbsoluteDifference;
  }
}

const kind: LayerKind<AbsoluteDifference> = {
  fields: {},
  rules: (_, input) => shaped(flat(halfOf("absoluteDifference()", input))),
  words: () => "|f − g|",
  role: "prepares",
  swapped: "same",
};
export default kind;

/**
 * |f − g| by element of a flat input's two halves, f of the first image and g of the second: 2F elements become F. Swapping the
 * images changes nothing. Where f_i = g_i its gradient is 0, as that of PyTorch's `abs`. Koch et al. 2015, "Siamese Neural
 * Networks for One-shot Image Recognition", put one linear layer behind it.
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const absoluteDifference = (...none: None): AbsoluteDifference =>
  made("absoluteDifference()", kind, { kind: "absolute-difference" }, none);
