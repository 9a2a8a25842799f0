import { size } from "../fields.js";
import { type LayerKind, made, type None } from "../layer-kind.js";
import { affineMap, requireFlat } from "../rules.js";
import { flat } from "../shape.js";

/** An affine map of a vector, like PyTorch's `Linear`. */
export interface Linear {
  readonly kind: "linear";
  /** The number of outputs. */
  readonly features: number;
}

declare module "../layer.js" {
  interface Layers {
    readonly linear: Linear;
  }
}

const kind: LayerKind<Linear> = {
  fields: { features: size },
  rules: ({ features }, input) => {
    requireFlat(`linear(${features})`, input);
    const parameters = affineMap([features, input.channels], features, input.channels);
    return { output: flat(features), parameters, buffers: [] };
  },
  words: ({ features }) => `linear ${features}`,
  role: "main",
};
export default kind;

/**
 * An affine map of a flat input.
 *
 * @param features  the number of outputs
 * @throws InvalidRequest where an argument is invalid
 */
export const linear = (features: number, ...none: None): Linear =>
  made("linear(features)", kind, { kind: "linear", features }, none);
