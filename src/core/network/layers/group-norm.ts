import { InvalidRequest } from "../../errors.js";
import { size } from "../fields.js";
import { type LayerKind, made, type None } from "../layer-kind.js";
import { scaleAndShift } from "../rules.js";

/**
 * Group norm (Wu & He 2018) as PyTorch's `GroupNorm`: it normalises groups of channels of each example, with ε 1e-5, then scales
 * and shifts each channel.
 */
export interface GroupNorm {
  readonly kind: "group-norm";
  /** The number of groups. All have the same number of consecutive channels. */
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
 * Group norm: normalises groups of channels of each example.
 *
 * @param groups  how many; it must divide the number of channels
 * @throws InvalidRequest where an argument is invalid
 */
export const groupNorm = (groups: number, ...none: None): GroupNorm =>
  made("groupNorm(groups)", kind, { kind: "group-norm", groups }, none);

/**
 * groupNorm(1). Over a flat input it is PyTorch's `LayerNorm`. Over maps it has a scale and a shift for each channel, while
 * `LayerNorm` has them for each element.
 *
 * @throws InvalidRequest where an argument is invalid
 */
export const layerNorm = (...none: None): GroupNorm =>
  made("layerNorm()", kind, { kind: "group-norm", groups: 1 }, none);
