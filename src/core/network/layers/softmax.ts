import { InvalidRequest } from "../../errors.js";
import { maybe, number, size } from "../fields.js";
import { type LayerKind, made, type None } from "../layer-kind.js";
import { requireFlat, shaped } from "../rules.js";

/** Probabilities of logits. */
export interface Softmax {
  readonly kind: "softmax";
  /** Equal runs of a flat input's elements, each of which becomes a distribution. */
  readonly groups: number;
  /** What the elements are divided by before; default 1. Below 1 the likely becomes likelier. */
  readonly temperature?: number;
}

declare module "../layer.js" {
  interface Layers {
    readonly softmax: Softmax;
  }
}

const kind: LayerKind<Softmax> = {
  fields: { groups: size, temperature: maybe(number({ least: 0, most: 1_000_000, open: "least" })) },
  rules: ({ groups }, input) => {
    requireFlat(`softmax(${groups})`, input);
    if (input.channels % groups !== 0)
      throw new InvalidRequest(`softmax(${groups}) needs a multiple of ${groups} elements, not ${input.channels}`);
    return shaped(input);
  },
  words: ({ groups, temperature }) => {
    const softmax = groups === 1 ? "softmax" : `softmax of ${groups} groups`;
    return temperature === undefined ? softmax : `${softmax} at temperature ${temperature}`;
  },
  role: "prepares",
};
export default kind;

/**
 * Softmax over each of `groups` equal runs of a flat input: in a head, softmax(2) turns both digits' logits into two beliefs.
 *
 * @param temperature  what logits are divided by before
 * @throws InvalidRequest where it is given what it does not take
 */
export const softmax = (groups = 1, temperature = 1, ...none: None): Softmax =>
  made(
    "softmax(groups, temperature)",
    kind,
    { kind: "softmax", groups, ...(temperature !== 1 && { temperature }) },
    none,
  );
