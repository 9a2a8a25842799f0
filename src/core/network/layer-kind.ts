import { anything, fields, shown } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { checkOf, type Field, type FieldsOf } from "./fields.js";
import type { Branches, Layer, PlacedLayer, Rules } from "./layer.js";
import type { Shape } from "./shape.js";

/** Fields by their names. */
export type AnyFields = Readonly<Record<string, Field>>;

/** What there is to know of a kind of layer. Its arithmetic is the engine's, in a file of the same name. */
export interface LayerKind<Each extends Layer, Fields = FieldsOf<Each>> {
  /** What it has beside its kind, in the order in which a configuration has it. */
  readonly fields: Fields;
  /** @throws InvalidRequest where the layer does not fit its input */
  readonly rules: (layer: Each, input: Shape, branches: Branches<PlacedLayer>) => Rules;
  /** The usual stride and a padding of 0 go without saying. */
  readonly words: (layer: Each, inWords: (layer: Layer) => string) => string;
  /** The same in a drawing, where a reader of the field abbreviates it otherwise. */
  readonly short?: (layer: Each) => string;
  /**
   * In a drawing, consecutive layers are one block: one is the main layer, to which belongs what prepares it and all that follows
   * it. An activation follows the sum of a residual layer, too.
   */
  readonly role: "main" | "prepares" | "follows" | "activation";
  /** Of a layer that consists of layers. */
  readonly branches?: (layer: Each) => Branches<Layer>;
}

/** No arguments behind the last. */
export type None = readonly [];

/**
 * A layer as its maker was called.
 *
 * @param call    how the maker is called: "linear(features)"
 * @param beyond  arguments that it does not have: dropped, they would leave another network
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

/** @throws InvalidRequest naming what is unknown, missing or out of range */
export function checkFields(own: AnyFields, layer: Layer, name: string): void {
  const checks = Object.entries(own).map(([field, what]) => [field, checkOf(what)] as const);
  fields({ kind: anything, ...Object.fromEntries(checks) })(layer, name);
}
