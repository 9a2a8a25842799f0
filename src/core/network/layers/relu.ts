import { type LayerKind, made, type None } from "../layer-kind.js";
import { unchanged } from "../rules.js";

/** max(x, 0). */
export interface ReLU {
  readonly kind: "relu";
}

declare module "../layer.js" {
  interface Layers {
    readonly relu: ReLU;
  }
}

const kind: LayerKind<ReLU> = {
  fields: {},
  rules: unchanged,
  words: () => "relu",
  short: () => "ReLU",
  role: "activation",
};
export default kind;

/**
 * max(x, 0).
 *
 * @throws InvalidRequest where an argument is invalid
 */
export const relu = (...none: None): ReLU => made("relu()", kind, { kind: "relu" }, none);
