import { type LayerKind, made, type None } from "../layer-kind.js";
import { unchanged } from "../rules.js";

/** x · Φ(x), Φ the normal distribution function: PyTorch's default, by erf. Hendrycks & Gimpel 2016. */
export interface GELU {
  readonly kind: "gelu";
}

declare module "../layer.js" {
  interface Layers {
    readonly gelu: GELU;
  }
}

const kind: LayerKind<GELU> = { fields: {}, rules: unchanged, words: () => "GELU", role: "activation" };
export default kind;

/**
 * x · Φ(x).
 *
 * @throws InvalidRequest where an argument is invalid
 */
export const gelu = (...none: None): GELU => made("gelu()", kind, { kind: "gelu" }, none);
