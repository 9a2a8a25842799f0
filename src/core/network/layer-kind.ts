import { anything, type Check, fields, shown } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { checkOf, type Field, type FieldsOf } from "./fields.js";
import type { Branches, Layer, PlacedLayer, Rules } from "./layer.js";
import type { Shape } from "./shape.js";

export type AnyFields = Readonly<Record<string, Field>>;

/** The description of a kind of layer. Its arithmetic is in the engine, in a file of the same name. */
export interface LayerKind<Each extends Layer, Fields = FieldsOf<Each>> {
  /** Its fields besides `kind`, in the order in which a configuration has them. */
  readonly fields: Fields;
  /** @throws InvalidRequest where the layer does not fit its input */
  readonly rules: (layer: Each, input: Shape, branches: Branches<PlacedLayer>) => Rules;
  /** The layer in words. The usual stride and a padding of 0 are not mentioned. */
  readonly words: (layer: Each, inWords: (layer: Layer) => string) => string;
  /** The words in a drawing, where the field has an abbreviation. */
  readonly short?: (layer: Each) => string;
  /**
   * A drawing shows consecutive layers as one block: a main layer, what prepares it and what follows it. An activation also
   * follows the sum of a residual layer.
   */
  readonly role: "main" | "prepares" | "follows" | "activation";
  /** What it makes of a pair whose two images are swapped, where that is known: the same, or two logits that are swapped too. */
  readonly swapped?: "same" | "opposite";
  /** Absent where a layer does not consist of layers. */
  readonly branches?: (layer: Each) => Branches<Layer>;
}

/** No arguments after the last. */
export type None = readonly [];

/**
 * Checks a layer that its maker was asked for, and returns it.
 *
 * @param call    how the maker is called: "linear(features)"
 * @param beyond  further arguments, which are refused: ignoring them would make another network than was asked for
 * @throws InvalidRequest naming what is unknown, missing, out of range or too much
 */
export function made<Made extends Layer>(
  call: string,
  kind: { readonly fields: FieldsOf<Made> },
  layer: Made,
  beyond: readonly unknown[],
): Made {
  const more = beyond.find((each) => each !== undefined);
  if (more !== undefined) throw new InvalidRequest(`${call} takes nothing more, not ${shown(more)}`);
  checkFields(kind.fields as AnyFields, layer, call.slice(0, call.indexOf("(")));
  return layer;
}

/** The checks of kinds' fields: an experiment places thousands of networks, whose layers are of few kinds. */
const checksOf = new WeakMap<AnyFields, Check>();

/** @throws InvalidRequest naming what is unknown, missing or out of range */
export function checkFields(own: AnyFields, layer: Layer, name: string): void {
  let check = checksOf.get(own);
  if (!check) {
    const checks = Object.entries(own).map(([field, what]) => [field, checkOf(what)] as const);
    check = fields({ kind: anything, ...Object.fromEntries(checks) });
    checksOf.set(own, check);
  }
  check(layer, name);
}
