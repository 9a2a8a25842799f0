import { type LayerKind, made, type None } from "../layer-kind.js";
import { shaped } from "../rules.js";
import { elements, flat } from "../shape.js";

/** A map as a vector, channels first, as PyTorch's `Flatten`. */
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
 * A map as a vector, [channels, height, width].
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const flatten = (...none: None): Flatten => made("flatten()", kind, { kind: "flatten" }, none);
