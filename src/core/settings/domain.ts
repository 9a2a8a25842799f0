import { exp, ln } from "../statistics/logarithm.js";

/** A setting's value: a number, or a name such as an optimizer's. */
export type SettingValue = number | string;

/** `log`: every factor counts the same; `log of rest`: every factor of 1 − value does; `linear`: every difference does. */
export type Scale = "linear" | "log" | "log of rest";

/** Numbers from `low` to `high`. */
export interface Range {
  readonly kind: "range";
  readonly low: number;
  readonly high: number;
  readonly scale: Scale;
  /** Whether only whole numbers count. */
  readonly whole?: true;
  /** How many binary digits of a place count on a logarithmic scale; default all. */
  readonly digits?: number;
}

/** A few values, in an order that a figure shows them in. */
export interface Choices {
  readonly kind: "choices";
  readonly values: readonly SettingValue[];
}

/** Where a setting is searched. A place in it is a number from 0, its low end, to 1. */
export type Domain = Range | Choices;

/** The value at a place; a range gives it two significant digits, or gives 1 − value two if that is the scale. */
export function valueAt(domain: Domain, place: number): SettingValue {
  if (domain.kind === "choices")
    return domain.values[Math.min(Math.floor(place * domain.values.length), domain.values.length - 1)] as SettingValue;
  const { low, high, scale, whole } = domain;
  const rounded = whole ? Math.round(roundedAt(domain, place)) : roundedAt(domain, place);
  // Rounding must not leave the range.
  const ends = scale === "log of rest" ? [1 - high, 1 - low] : [low, high];
  const inside = Math.min(Math.max(rounded, ends[0] as number), ends[1] as number);
  return scale === "log of rest" ? Number((1 - inside).toPrecision(12)) : inside;
}

function roundedAt({ low, high, scale, digits }: Range, place: number): number {
  const counted = digits === undefined ? place : Math.floor(place * 2 ** digits) / 2 ** digits;
  const between = (from: number, to: number) => exp(ln(from) + counted * (ln(to) - ln(from)));
  switch (scale) {
    case "linear":
      return twoDigits(low + place * (high - low));
    case "log":
      return twoDigits(between(low, high));
    case "log of rest":
      return twoDigits(between(1 - low, 1 - high));
  }
}

const twoDigits = (value: number): number => Number(value.toPrecision(2));

/** The place of a value; undefined if the domain does not have it. A choice is at the middle of its part. */
export function placeOf(domain: Domain, value: SettingValue): number | undefined {
  if (domain.kind === "choices") {
    const index = domain.values.indexOf(value);
    return index < 0 ? undefined : (index + 0.5) / domain.values.length;
  }
  const { low, high, scale } = domain;
  if (typeof value !== "number" || !(value >= low && value <= high)) return undefined;
  switch (scale) {
    case "linear":
      return (value - low) / (high - low);
    case "log":
      return ln(value / low) / ln(high / low);
    case "log of rest":
      return ln((1 - value) / (1 - low)) / ln((1 - high) / (1 - low));
  }
}

/** "0.0003 to 0.03". */
export const rangeWords = ({ low, high }: Pick<Range, "low" | "high">): string => `${low} to ${high}`;

/** "0.0003 to 0.03", "25, 50 or 100". */
export function domainWords(domain: Domain): string {
  if (domain.kind === "range") return rangeWords(domain);
  const texts = domain.values.map(String);
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} or ${texts.at(-1)}`;
}
