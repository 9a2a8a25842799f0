/** Epochs to mark on the axis: the first, the last where it falls so, and multiples of a round number between. */
export function epochTicks(first: number, last: number, most = 6): number[] {
  let step = 1;
  for (let scale = 1; (last - first) / step > most; scale *= 10)
    step = [2, 5, 10].map((factor) => factor * scale).find((s) => (last - first) / s <= most) ?? 10 * scale;
  const ticks = [first];
  for (let epoch = (Math.floor(first / step) + 1) * step; epoch <= last; epoch += step) ticks.push(epoch);
  return ticks;
}

const MANY_DIGITS = 1e5;

/** "0.5", "12", "3.5e7": losses that explode need an exponent. */
export const formatLoss = (loss: number): string =>
  loss < MANY_DIGITS ? String(loss) : loss.toExponential().replace("e+", "e");

/** Pixels left of the axis for the labels of ticks up to that value. */
export const roomForTicks = (highest: number): number => (highest < MANY_DIGITS ? 48 : 66);

/** Multiples of a round number from `low` to `high`, six at most. */
export function evenNumbers(low: number, high: number): number[] {
  const steps = Array.from({ length: 12 }, (_, i) => [1, 2, 5].map((digit) => Number(`${digit}e${i - 6}`))).flat();
  const step = steps.find((each) => (high - low) / each <= 5) ?? high - low;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}
