import { SETTING_LIMITS } from "../../settings/table.js";
import { maybe, number } from "../fields.js";
import { type LayerKind, made, type None } from "../layer-kind.js";
import { unchanged } from "../rules.js";

/** Inverted dropout (Srivastava et al. 2014): in training some activations are 0, the others 1 / (1 − rate) times as large; in evaluation all pass as they are. */
export interface Dropout {
  readonly kind: "dropout";
  /** Probability that an activation is dropped; without it, the run's setting applies. */
  readonly rate?: number;
}

declare module "../layer.js" {
  interface Layers {
    readonly dropout: Dropout;
  }
}

const kind: LayerKind<Dropout> = {
  fields: { rate: maybe(number(SETTING_LIMITS.dropout)) },
  rules: unchanged,
  words: ({ rate }) => (rate === undefined ? "dropout" : `dropout ${rate}`),
  role: "follows",
};
export default kind;

/**
 * Dropout.
 *
 * @param rate  from 0 to below 1; without it, the run's setting applies
 * @throws InvalidRequest where it is given what it does not take
 */
export const dropout = (rate?: number, ...none: None): Dropout =>
  made("dropout(rate)", kind, { kind: "dropout", ...(rate !== undefined && { rate }) }, none);
