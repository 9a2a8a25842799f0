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
