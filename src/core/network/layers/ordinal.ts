import { InvalidRequest } from "../../errors.js";
import { type LayerKind, made, type None } from "../layer-kind.js";
import { requireFlat, shaped } from "../rules.js";
import { flat } from "../shape.js";

/** What two beliefs say of the relation of their pair. */
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
 * What two independent beliefs say of their pair. From p and q, each the probabilities of n classes and flat side by side,
 * two logits: ln P(the relation does not hold), ln P(it holds), with P = Σ p_i q_j over the pairs of classes (i, j) of which
 * that is so. For less-or-equal these are ln P(a > b) and ln P(a ≤ b). Each P is summed by itself, and counts as 2⁻¹²⁶ where
 * it is less. The relation is the pair set's. The logits' cross-entropy is −ln P of the truth.
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const ordinal = (...none: None): Ordinal => made("ordinal()", kind, { kind: "ordinal" }, none);
