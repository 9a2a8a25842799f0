import { type LayerKind, made, type None } from "../layer-kind.js";
import { unchanged } from "../rules.js";

/** x · sigmoid(x). Elfwing et al. 2017. */
export interface SiLU {
  readonly kind: "silu";
}

declare module "../layer.js" {
  interface Layers {
    readonly silu: SiLU;
  }
}

const kind: LayerKind<SiLU> = { fields: {}, rules: unchanged, words: () => "SiLU", role: "activation" };
export default kind;

/**
 * x · sigmoid(x).
 *
 * @throws InvalidRequest where an argument is invalid
 */
export const silu = (...none: None): SiLU => made("silu()", kind, { kind: "silu" }, none);
