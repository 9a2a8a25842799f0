import type { Curve } from "../../experiments/shared/curves.js";

/** A curve at an epoch: the mean over rounds, and one standard deviation to each side. NaN where there is no number. */
export interface CurvePoint {
  readonly epoch: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The possible values, in which bands stay: no loss is below 0 and no accuracy above 100%. */
export interface Bounds {
  readonly lowest: number;
  readonly highest: number;
}

/**
 * The points of a curve. Losses that are not finite leave gaps, so a diverged run does not spoil the figure.
 *
 * @param unit  the factor of the values, such as 100 for percent; the bounds are in that unit
 */
export function curvePoints(
  epochs: readonly number[],
  curve: Curve,
  { lowest, highest }: Bounds,
  unit = 1,
): CurvePoint[] {
  return epochs.map((epoch, i) => {
    const mean = finite((curve.mean[i] ?? Number.NaN) * unit);
    const sd = (curve.sd[i] ?? Number.NaN) * unit;
    const band = Number.isFinite(mean - sd) && Number.isFinite(mean + sd);
    return {
      epoch,
      mean,
      low: band ? Math.max(lowest, mean - sd) : Number.NaN,
      high: band ? Math.min(highest, mean + sd) : Number.NaN,
    };
  });
}

/** Every number that the points show. */
export const shownValues = (points: readonly CurvePoint[]): number[] =>
  points.flatMap(({ mean, low, high }) => [mean, low, high]).filter(Number.isFinite);

const finite = (value: number): number => (Number.isFinite(value) ? value : Number.NaN);
