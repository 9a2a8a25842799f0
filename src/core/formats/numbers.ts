/** Digits, a point and digits, an exponent; a minus before. What JavaScript writes a finite number as is of this form. */
const NUMBER = /^-?(\d+(\.\d+)?|\.\d+)(e[+-]?\d+)?$/i;
const WHOLE = /^-?\d+$/;

/**
 * The finite number that a text is, by the one grammar that everything which people and files say is read with:
 * `25`, `-1`, `0.003`, `.5`, `3e-3`. Not numbers are blanks, `0x10`, `1_000`, `+5`, `5.`, `Infinity`, and digits of other scripts.
 */
export function parseNumber(text: string): number | undefined {
  // A sum of zeros of both signs is 0.
  const value = NUMBER.test(text) ? Number(text) + 0 : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

/** The whole number that a text of digits is, `25` or `-1`, where JavaScript holds it exactly. */
export function parseWhole(text: string): number | undefined {
  const value = WHOLE.test(text) ? Number(text) + 0 : Number.NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}
