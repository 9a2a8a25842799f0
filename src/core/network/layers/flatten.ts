import { type LayerKind, made, type None } from "../layer-kind.js";
import { shaped } from "../rules.js";
import { elements, flat } from "../shape.js";

/** Turns a map into a vector, channels first, like PyTorch's `Flatten`. */
export interface Flatten {
  readonly kind: "flatten";
}

declare module "../layer.js" {
  interface Layers {
    readonly flatten: Flatten;
  }
}

const kind: LayerKind<Flatten> = {
  fields: {},
  rules: (_, input) => shaped(flat(elements(input))),
  words: () => "flatten",
  role: "prepares",
};
export default kind;

/**
 * Turns a map into a vector, in the order [channels, height, width].
 *
 * @throws InvalidRequest where an argument is invalid
 */
export const flatten = (...none: None): Flatten => made("flatten()", kind, { kind: "flatten" }, none);
