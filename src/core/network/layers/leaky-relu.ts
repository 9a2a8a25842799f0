import { number } from "../fields.js";
import { type LayerKind, made, type None } from "../layer-kind.js";
import { unchanged } from "../rules.js";

/** Leaky ReLU: x where x is above 0, else `slope` · x. */
export interface LeakyReLU {
  readonly kind: "leaky-relu";
  /** The factor of values below 0: PyTorch's `negative_slope`. */
  readonly slope: number;
}

declare module "../layer.js" {
  interface Layers {
    readonly "leaky-relu": LeakyReLU;
  }
}

const kind: LayerKind<LeakyReLU> = {
  fields: { slope: number() },
  rules: unchanged,
  words: ({ slope }) => `leaky relu ${slope}`,
  role: "activation",
};
export default kind;

/**
 * Leaky ReLU: x where x is above 0, else `slope` · x. The default slope is PyTorch's, 0.01.
 *
 * @throws InvalidRequest where an argument is invalid
 */
export const leakyRelu = (slope = 0.01, ...none: None): LeakyReLU =>
  made("leakyRelu(slope)", kind, { kind: "leaky-relu", slope }, none);
