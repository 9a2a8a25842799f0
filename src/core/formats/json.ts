/**
 * Writes a value as JSON text. JSON has only finite numbers: infinities are written as the strings "Infinity" and "-Infinity", NaN
 * as null.
 *
 * @param indent  spaces for each level; 0 for one line
 */
export function stringifyJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, (_, part) => (isInfinite(part) ? String(part) : part), indent);
}

const isInfinite = (value: unknown): boolean =>
  value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;

/** A number as `stringifyJson` writes it and a JSON parser gives it back. */
export type JsonNumber = number | null | "Infinity" | "-Infinity";

export const numberFromJson = (value: JsonNumber): number => (value === null ? Number.NaN : Number(value));
