import { anything, type Check, finite, listOf, optional, within } from "../checks.js";
import type { Limits } from "../limits.js";

/** What a layer's field can be. What checks requests and what reads stored runs are both made of it. */
export type Field = NumberField | LayersField;

export interface NumberField<Absent extends boolean = boolean> {
  readonly holds: "number";
  /** Without them, any finite number. */
  readonly limits?: Limits;
  /** It may be absent. */
  readonly optional: Absent;
}

export interface LayersField {
  readonly holds: "layers";
}

/** A field for each that a layer has beside its kind, optional where it is. */
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

/** Channels, features and sides of windows. Beyond, no memory would do. */
export const size = number({ least: 1, most: 1_000_000, whole: true });
export const padding = number({ least: 0, most: 1_000_000, whole: true });
/** Layers within a layer: they are placed, and checked, one by one. */
export const layers: LayersField = { holds: "layers" };

export const checkLayers = listOf(anything);

/** @throws InvalidRequest, the check: it says which value is missing or out of range */
export function checkOf(field: Field): Check {
  if (field.holds === "layers") return checkLayers;
  const check = field.limits ? within(field.limits) : finite;
  return field.optional ? optional(check) : check;
}
