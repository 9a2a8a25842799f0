import { InvalidRequest } from "../../errors.js";
import { type LayerKind, made, type None } from "../layer-kind.js";
import { requireFlat, shaped } from "../rules.js";
import { flat } from "../shape.js";

/** Turns two beliefs into the logits of whether the relation holds. */
export interface Ordinal {
  readonly kind: "ordinal";
}

declare module "../layer.js" {
  interface Layers {
    readonly ordinal: Ordinal;
  }
}

const kind: LayerKind<Ordinal> = {
  fields: {},
  rules: (_, input) => {
    requireFlat("ordinal()", input);
    if (input.channels % 2 !== 0)
      throw new InvalidRequest(`ordinal() needs two beliefs of equal length, not ${input.channels} elements`);
    return shaped(flat(2));
  },
  words: () => "ordinal",
  short: () => "exact comparison",
  role: "main",
};
export default kind;

/**
 * Turns two independent beliefs into two logits. The flat input holds p and q side by side, each the probabilities of n classes.
 * The logits are ln P(the relation does not hold) and ln P(it holds). Each P is the sum of p_i q_j over the pairs of classes
 * (i, j) for which that is so. For less-or-equal they are ln P(a > b) and ln P(a ≤ b). The two P are summed separately, and one
 * below 2⁻¹²⁶ counts as 2⁻¹²⁶. The relation is the pair set's. The logits' cross-entropy is −ln P of the true answer.
 *
 * @throws InvalidRequest where an argument is invalid
 */
export const ordinal = (...none: None): Ordinal => made("ordinal()", kind, { kind: "ordinal" }, none);
