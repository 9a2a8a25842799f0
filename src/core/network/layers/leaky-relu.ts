import { number } from "../fields.js";
import { type LayerKind, made, type None } from "../layer-kind.js";
import { unchanged } from "../rules.js";

/** x above 0, `slope` · x below. */
export interface LeakyReLU {
  readonly kind: "leaky-relu";
  /** Factor of what is below 0; PyTorch's `negative_slope`. */
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
 * x above 0, `slope` · x below; 0.01 as in PyTorch.
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const leakyRelu = (slope = 0.01, ...none: None): LeakyReLU =>
  made("leakyRelu(slope)", kind, { kind: "leaky-relu", slope }, none);
