import { type LayerKind, made, type None } from "../layer-kind.js";
import { halfOf, scaleAndShift } from "../rules.js";
import { flat } from "../shape.js";

/** How far apart two images' features lie. */
export interface SquaredDistance {
  readonly kind: "squared-distance";
}

declare module "../layer.js" {
  interface Layers {
    readonly "squared-distance": SquaredDistance;
  }
}

const kind: LayerKind<SquaredDistance> = {
  fields: {},
  rules: (_, input) => {
    const scale = -10 / halfOf("squaredDistance()", input);
    return { output: flat(2), parameters: scaleAndShift(1, { scale, shift: 5 }), buffers: [] };
  },
  words: () => "squared distance",
  role: "main",
  swapped: "same",
};
export default kind;

/**
 * The logits [0, w · Σ(f − g)² + b] of a flat input's two halves, f of the first image and g of the second. It may end a head.
 * Swapping the images changes nothing, to the last bit.
 *
 * w (`weight`, [1]) and b (`bias`, [1]) are learned. They start at −10/F, F the features of an image, and 5: images of equal
 * features get the logit 5, and images of independent features of variance ¼ get 0 on average. Features of length 1, whose variance
 * is 1/F, are too near to each other for that; their squared distance is 2 − 2 cos(f, g), so take `cosine()` for them.
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const squaredDistance = (...none: None): SquaredDistance =>
  made("squaredDistance()", kind, { kind: "squared-distance" }, none);
