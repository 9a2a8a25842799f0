import { ln } from "../../../core/statistics/logarithm.js";

/** The numbers of two digits, and zeros behind them, from one such number to another: 250, 260, …, 990, 1000, 1100, …. */
export function stopsBetween(fewest: number, most: number): readonly number[] {
  const stops: number[] = [];
  for (let stop = fewest; stop <= most; stop += 10 ** (String(stop).length - 2)) stops.push(stop);
  return stops;
}

/** The stop that is nearest by its ratio. */
export const nearestStop = (stops: readonly number[], pairs: number): number =>
  stops.reduce(
    (best, stop) => (Math.abs(ln(stop / pairs)) < Math.abs(ln(best / pairs)) ? stop : best),
    stops[0] ?? pairs,
  );

/** Where a key takes the handle; undefined for other keys. Page up and down go from size to size of the study. */
export function stopAfterKey(
  key: string,
  pairs: number,
  stops: readonly number[],
  sizes: readonly number[],
): number | undefined {
  const above = (all: readonly number[]) => all.find((each) => each > pairs) ?? pairs;
  const below = (all: readonly number[]) => all.findLast((each) => each < pairs) ?? pairs;
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return above(stops);
    case "ArrowLeft":
    case "ArrowDown":
      return below(stops);
    case "PageUp":
      return above(sizes);
    case "PageDown":
      return below(sizes);
    case "Home":
      return stops[0];
    case "End":
      return stops.at(-1);
    default:
      return undefined;
  }
}
