/** An optional minus, digits with an optional point, an optional exponent. JavaScript writes every finite number in this form. */
const NUMBER = /^-?(\d+(\.\d+)?|\.\d+)(e[+-]?\d+)?$/i;
const WHOLE = /^-?\d+$/;

/**
 * The finite number that a text stands for, or undefined. Options, addresses and files are all read with this grammar: `25`, `-1`,
 * `0.003`, `.5` and `3e-3` are numbers; blanks, `0x10`, `1_000`, `+5`, `5.`, `Infinity` and digits of other scripts are not.
 */
export function parseNumber(text: string): number | undefined {
  // Adding 0 turns −0 into 0.
  const value = NUMBER.test(text) ? Number(text) + 0 : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

/** The whole number that a text such as `25` or `-1` stands for; undefined where JavaScript does not hold it exactly. */
export function parseWhole(text: string): number | undefined {
  const value = WHOLE.test(text) ? Number(text) + 0 : Number.NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}
