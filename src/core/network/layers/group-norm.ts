import { InvalidRequest } from "../../errors.js";
import { size } from "../fields.js";
import { type LayerKind, made, type None } from "../layer-kind.js";
import { scaleAndShift } from "../rules.js";

/** Wu & He 2018, as PyTorch's `GroupNorm`: each example's groups of channels normalised, ε 1e-5, then an affine map of each channel. */
export interface GroupNorm {
  readonly kind: "group-norm";
  /** Groups of as many channels each, in their order. */
  readonly groups: number;
}

declare module "../layer.js" {
  interface Layers {
    readonly "group-norm": GroupNorm;
  }
}

const kind: LayerKind<GroupNorm> = {
  fields: { groups: size },
  rules: ({ groups }, input) => {
    if (input.channels % groups !== 0)
      throw new InvalidRequest(`groupNorm(${groups}) needs a multiple of ${groups} channels, not ${input.channels}`);
    return { output: input, parameters: scaleAndShift(input.channels), buffers: [] };
  },
  words: ({ groups }) => `group norm, ${groups} ${groups === 1 ? "group" : "groups"}`,
  role: "follows",
};
export default kind;

/**
 * Normalises each example's groups of channels.
 *
 * @param groups  a divisor of the channels
 * @throws InvalidRequest where it is given what it does not take
 */
export const groupNorm = (groups: number, ...none: None): GroupNorm =>
  made("groupNorm(groups)", kind, { kind: "group-norm", groups }, none);

/**
 * groupNorm(1), which over a flat input is PyTorch's `LayerNorm`. Over maps it has a scale and a shift for each channel, where
 * `LayerNorm` has them for each element.
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const layerNorm = (...none: None): GroupNorm =>
  made("layerNorm()", kind, { kind: "group-norm", groups: 1 }, none);
