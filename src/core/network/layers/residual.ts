import { InvalidRequest } from "../../errors.js";
import { layers } from "../fields.js";
import type { Layer } from "../layer.js";
import { type LayerKind, made, type None } from "../layer-kind.js";
import { shaped } from "../rules.js";
import { describe } from "../shape.js";

/** The sum of what a body and a shortcut make of the same input. */
export interface Residual {
  readonly kind: "residual";
  /** The body. Its output has the shape of the shortcut's. */
  readonly layers: readonly Layer[];
  /** Empty where the input itself is added. */
  readonly shortcut: readonly Layer[];
}

declare module "../layer.js" {
  interface Layers {
    readonly residual: Residual;
  }
}

const kind: LayerKind<Residual> = {
  fields: { layers, shortcut: layers },
  branches: ({ layers, shortcut }) => ({ body: layers, shortcut }),
  rules: (_, input, { body, shortcut }) => {
    const output = body.at(-1)?.output;
    if (!output) throw new InvalidRequest("a residual layer needs at least one layer in its body");
    const beside = shortcut.at(-1)?.output ?? input;
    if (describe(output) !== describe(beside))
      throw new InvalidRequest(
        `the body makes ${describe(output)}, the shortcut ${describe(beside)}: both must end in the same shape to be added`,
      );
    return shaped(output);
  },
  words: (residual, inWords) => {
    const [body, shortcut] = [residual.layers, residual.shortcut].map((layers) => layers.map(inWords).join(" → "));
    return `[${body}] + ${shortcut ? `[${shortcut}]` : "itself"}`;
  },
  role: "main",
};
export default kind;

/**
 * layers(x) + shortcut(x), or layers(x) + x without a shortcut (He et al. 2016, "Deep Residual Learning for Image
 * Recognition"). Its tensors are named as those of a PyTorch module with the `Sequential`s `body` and `shortcut`.
 *
 * @throws InvalidRequest where an argument is invalid
 */
export const residual = (layers: readonly Layer[], shortcut: readonly Layer[] = [], ...none: None): Residual =>
  made("residual(layers, shortcut)", kind, { kind: "residual", layers, shortcut }, none);
