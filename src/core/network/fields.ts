import { anything, type Check, finite, listOf, optional, within } from "../checks.js";
import type { Limits } from "../limits.js";

/** The values that a layer's field can have. The checks of requests and the reader of stored runs are both derived from it. */
export type Field = NumberField | LayersField;

export interface NumberField<Absent extends boolean = boolean> {
  readonly holds: "number";
  /** Without limits, any finite number. */
  readonly limits?: Limits;
  readonly optional: Absent;
}

export interface LayersField {
  readonly holds: "layers";
}

/** A field for each property of a layer besides `kind`. */
export type FieldsOf<Layer> = {
  readonly [Name in Exclude<keyof Layer, "kind">]-?: Layer[Name] extends number | undefined
    ? NumberField<Layer extends { [Each in Name]: unknown } ? false : true>
    : LayersField;
};

export const number = (limits?: Limits): NumberField<false> => ({
  holds: "number",
  ...(limits && { limits }),
  optional: false,
});
export const maybe = (field: NumberField): NumberField<true> => ({ ...field, optional: true });

/** Channels, features and sides of windows. No memory would be enough for more. */
export const size = number({ least: 1, most: 1_000_000, whole: true });
export const padding = number({ least: 0, most: 1_000_000, whole: true });
/** Layers within a layer. They are checked one by one when they are placed. */
export const layers: LayersField = { holds: "layers" };

export const checkLayers = listOf(anything);

/** The check throws an InvalidRequest that says which value is missing or out of range. */
export function checkOf(field: Field): Check {
  if (field.holds === "layers") return checkLayers;
  const check = field.limits ? within(field.limits) : finite;
  return field.optional ? optional(check) : check;
}
