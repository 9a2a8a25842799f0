import { SETTING_LIMITS } from "../../limits.js";
import { maybe, number } from "../fields.js";
import { type LayerKind, made, type None } from "../layer-kind.js";
import { unchanged } from "../rules.js";

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

export const dropout = (rate?: number, ...none: None): Dropout =>
  made("dropout(rate)", kind, { kind: "dropout", ...(rate !== undefined && { rate }) }, none);
