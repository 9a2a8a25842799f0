import { type Domain, placeOf } from "../../settings/domain.js";
import { exp, ln } from "../../statistics/logarithm.js";

const EVERY_POWER = Array.from({ length: 25 }, (_, i) => i - 12);

/** The rounding error of decimal fractions: 0.7 / 0.1 is a little below 7. */
const LEEWAY = 1e-9;

/** The numbers from `low` to `high` that are one of some digits times a power of ten: …, 0.5, 1, 2, 5, 10, 20, …. */
export const roundNumbers = (low: number, high: number, digits: readonly number[] = [1, 2, 5]): number[] =>
  EVERY_POWER.flatMap((power) => digits.map((digit) => Number(`${digit}e${power}`))).filter(
    (number) => number >= low * (1 - LEEWAY) && number <= high * (1 + LEEWAY),
  );

/**
 * Multiples from `low` to `high` of the smallest round number that fits at most `most` times into their distance.
 *
 * @param finest  no smaller round number is taken
 */
export function evenNumbers(low: number, high: number, most = 5, finest = 0): number[] {
  const steps = roundNumbers(finest, Number.POSITIVE_INFINITY);
  const step = steps.find((each) => (high - low) / each <= most) ?? high - low;
  const first = Math.ceil(low / step - LEEWAY);
  const count = Math.floor(high / step + LEEWAY) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/**
 * Where an axis whose positions are natural logarithms is marked.
 *
 * @param ends    positions
 * @param unit    of the numbers that are marked: 100 where positions are logarithms of fractions and marks are percent
 * @param choose  which numbers are marked
 */
export function logTicks(
  ends: readonly [low: number, high: number],
  unit = 1,
  choose: (low: number, high: number) => number[] = roundNumbers,
): number[] {
  const [low, high] = ends.map((end) => unit * exp(end)) as [number, number];
  return choose(low, high).map((number) => ln(number / unit));
}

/** More would overlap on a large panel. */
const MOST_NUMBERS = 8;

/** Round numbers, only powers of ten if those are too many; if they are fewer than two, even ones. */
export function fewNumbers(low: number, high: number): number[] {
  const all = roundNumbers(low, high);
  const few = all.length > MOST_NUMBERS ? roundNumbers(low, high, [1]) : all;
  return few.length > 1 ? few : evenNumbers(low, high);
}

/** Round percentages, few enough for a small panel. */
export const fewPercentages = (low: number, high: number): number[] =>
  high > 4 * low ? roundNumbers(low, high) : evenNumbers(low, high, 8, 0.1);

/** The places that the axis of a domain names, with their names: few enough for a small panel. */
export function domainTicks(domain: Domain): { readonly place: number; readonly text: string }[] {
  if (domain.kind === "choices")
    return domain.values.map((value, i) => ({ place: (i + 0.5) / domain.values.length, text: String(value) }));
  return valuesToName(domain).flatMap((value) => {
    const place = placeOf(domain, value);
    return place === undefined ? [] : [{ place, text: String(value) }];
  });
}

const MOST_NAMES = 5;
const LESS_THAN_FIVE_STEPS = 4.999;

function valuesToName({ low, high, scale }: Extract<Domain, { kind: "range" }>): number[] {
  if (scale === "linear") return evenNumbers(low, high, LESS_THAN_FIVE_STEPS);
  const [from, to] = scale === "log" ? [low, high] : [1 - high, 1 - low];
  const values = [[1, 2, 5], [1, 3], [1]].map((digits) => roundNumbers(from, to, digits));
  const few = values.find((each) => each.length <= MOST_NAMES) ?? values[2]?.filter((_, i) => i % 2 === 0) ?? [];
  return scale === "log" ? few : few.map((value) => Number((1 - value).toPrecision(12)));
}

/** The epochs to mark on the axis: the first, and multiples of a round number after it. */
export const epochTicks = (first: number, last: number): number[] => [
  first,
  ...evenNumbers(first, last, 6, 1).filter((epoch) => epoch > first),
];

const MANY_DIGITS = 1e5;

/** A loss in words: "0.5", "12" or, if it explodes, "3.5e7". */
export const formatLoss = (loss: number): string =>
  loss < MANY_DIGITS ? String(loss) : loss.toExponential().replace("e+", "e");

/** The pixels left of the axis for the labels of ticks up to that value. */
export const roomForTicks = (highest: number): number => (highest < MANY_DIGITS ? 48 : 66);
