import { SETTING_LIMITS } from "../../settings/table.js";
import { maybe, number } from "../fields.js";
import { type LayerKind, made, type None } from "../layer-kind.js";
import { unchanged } from "../rules.js";

/**
 * Inverted dropout (Srivastava et al. 2014). Training sets some activations to 0 and multiplies the others by 1 / (1 − rate).
 * Evaluation changes nothing.
 */
export interface Dropout {
  readonly kind: "dropout";
  /** The probability that an activation is set to 0. Default: the run's setting. */
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
 * Inverted dropout.
 *
 * @param rate  at least 0 and below 1; default: the run's setting
 * @throws InvalidRequest where an argument is invalid
 */
export const dropout = (rate?: number, ...none: None): Dropout =>
  made("dropout(rate)", kind, { kind: "dropout", ...(rate !== undefined && { rate }) }, none);
