import { InvalidRequest } from "../../errors.js";
import { size } from "../fields.js";
import { type LayerKind, made, type None } from "../layer-kind.js";
import { requireFlat, shaped } from "../rules.js";

/** Features of length 1. */
export interface Normalize {
  readonly kind: "normalize";
  /** Equal runs of a flat input's elements, each of which is divided by its length. */
  readonly groups: number;
}

declare module "../layer.js" {
  interface Layers {
    readonly normalize: Normalize;
  }
}

const kind: LayerKind<Normalize> = {
  fields: { groups: size },
  rules: ({ groups }, input) => {
    requireFlat(`normalize(${groups})`, input);
    if (input.channels % groups !== 0)
      throw new InvalidRequest(`normalize(${groups}) needs equal groups, but ${input.channels} elements make none`);
    return shaped(input);
  },
  words: ({ groups }) => (groups === 1 ? "L2 norm" : `L2 norm of ${groups} groups`),
  role: "prepares",
};
export default kind;

/**
 * Divides each of equal runs of a flat input by its length: x / max(‖x‖, ε) with ε = 1e-12, PyTorch's `normalize`. A run of zeros
 * stays zeros. The shape stays. In a head normalize() does so to each image's features; at the end of a trunk, which sees one image,
 * normalize(1) does the same.
 *
 * @param groups  runs; default 2, the two halves
 * @throws InvalidRequest where it is given what it does not take
 */
export const normalize = (groups = 2, ...none: None): Normalize =>
  made("normalize(groups)", kind, { kind: "normalize", groups }, none);
