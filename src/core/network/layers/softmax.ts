import { InvalidRequest } from "../../errors.js";
import { maybe, number, size } from "../fields.js";
import { type LayerKind, made, type None } from "../layer-kind.js";
import { requireFlat, shaped } from "../rules.js";

/** Softmax: turns logits into probabilities. */
export interface Softmax {
  readonly kind: "softmax";
  /** The number of groups into which a flat input is cut, all of the same length. Each becomes a distribution. */
  readonly groups: number;
  /** The elements are divided by it first; default 1. Below 1, likely classes become likelier. */
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
 * Softmax over each of `groups` groups of a flat input, all of the same length. In a head, softmax(2) turns both digits' logits
 * into two beliefs.
 *
 * @param temperature  the logits are divided by it first
 * @throws InvalidRequest where an argument is invalid
 */
export const softmax = (groups = 1, temperature = 1, ...none: None): Softmax =>
  made(
    "softmax(groups, temperature)",
    kind,
    { kind: "softmax", groups, ...(temperature !== 1 && { temperature }) },
    none,
  );
