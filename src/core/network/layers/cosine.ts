import { type LayerKind, made, type None } from "../layer-kind.js";
import { halfOf, scaleAndShift } from "../rules.js";
import { flat } from "../shape.js";

/** How near to each other two images' features point. */
export interface Cosine {
  readonly kind: "cosine";
}

declare module "../layer.js" {
  interface Layers {
    readonly cosine: Cosine;
  }
}

/** Where the scale and the shift start. */
const SCALE = 10;
const SHIFT = -5;

const kind: LayerKind<Cosine> = {
  fields: {},
  rules: (_, input) => {
    halfOf("cosine()", input);
    return { output: flat(2), parameters: scaleAndShift(1, { scale: SCALE, shift: SHIFT }), buffers: [] };
  },
  words: () => "cosine",
  role: "main",
  swapped: "same",
};
export default kind;

/**
 * The logits [0, w · cos(f, g) + b] of a flat input's two halves, f of the first image and g of the second, where cos(f, g) =
 * f · g / (max(‖f‖, ε) · max(‖g‖, ε)) and ε = 1e-8, as PyTorch's `cosine_similarity`: of features of zeros it is 0. It may end a head.
 * Swapping the images changes nothing, to the last bit.
 *
 * w (`weight`, [1]) and b (`bias`, [1]) are learned. A cosine lies within ±1, which as a logit would leave every answer
 * unsure, so they start at 10 and −5: Wan et al. 2018, "Generalized End-to-End Loss for Speaker Verification".
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const cosine = (...none: None): Cosine => made("cosine()", kind, { kind: "cosine" }, none);
