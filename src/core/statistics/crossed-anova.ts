import { InvalidRequest } from "../errors.js";
import { mean } from "./moments.js";

/** A measured value of a crossed design, with the level of each factor that it has. */
export interface CrossedValue {
  readonly levels: readonly number[];
  readonly value: number;
}

/** A sum of squares by its degrees of freedom. */
export interface MeanSquare {
  readonly meanSquare: number;
  readonly degrees: number;
}

/** The analysis of variance of a crossed design. */
export interface CrossedAnova {
  readonly mean: number;
  /** How many levels each factor has. */
  readonly levels: number;
  /** Of each factor's levels. */
  readonly factors: readonly MeanSquare[];
  /** Of what the factors' levels leave: all interactions together, and what differs from run to run. */
  readonly rest: MeanSquare;
}

/**
 * The mean squares of a design of `crossedDesign`. With L levels, a factor has the sum of squares L Σ (mean of a level − mean of all)², and the
 * rest has what these leave of the sum of all squares.
 *
 * @throws InvalidRequest unless each level of a factor meets each level of another once, and values are finite
 */
export function crossedAnova(values: readonly CrossedValue[]): CrossedAnova {
  const factors = values[0]?.levels.length ?? 0;
  const levels = Math.round(Math.sqrt(values.length));
  requireCrossed(values, factors, levels);
  const numbers = values.map(({ value }) => value);
  const center = mean(numbers);
  const total = numbers.reduce((sum, value) => sum + (value - center) ** 2, 0);
  const sums = Array.from({ length: factors }, (_, factor) => {
    const bySum = new Array<number>(levels).fill(0);
    for (const { levels: of, value } of values)
      bySum[of[factor] as number] = (bySum[of[factor] as number] ?? 0) + value;
    return bySum.reduce((sum, level) => sum + levels * (level / levels - center) ** 2, 0);
  });
  const left = (levels - 1) * (levels + 1 - factors);
  // Rounding may leave a little less than nothing.
  const rest = Math.max(
    0,
    sums.reduce((sum, each) => sum - each, total),
  );
  return {
    mean: center,
    levels,
    factors: sums.map((sum) => ({ meanSquare: sum / (levels - 1), degrees: levels - 1 })),
    rest: { meanSquare: rest / left, degrees: left },
  };
}

function requireCrossed(values: readonly CrossedValue[], factors: number, levels: number): void {
  const isLevel = (level: number) => Number.isInteger(level) && level >= 0 && level < levels;
  const fits =
    factors > 0 &&
    levels > factors - 1 &&
    levels ** 2 === values.length &&
    values.every(({ levels: of, value }) => of.length === factors && of.every(isLevel) && Number.isFinite(value));
  const meetings = (a: number, b: number) =>
    new Set(values.map(({ levels: of }) => levels * (of[a] as number) + (of[b] as number))).size;
  const pairs = Array.from({ length: factors }, (_, a) => Array.from({ length: a }, (_, b) => [a, b] as const)).flat();
  const balanced = (factor: number) =>
    Array.from({ length: levels }, (_, level) => values.filter(({ levels: of }) => of[factor] === level).length).every(
      (runs) => runs === levels,
    );
  if (!fits || pairs.some(([a, b]) => meetings(a, b) !== levels ** 2) || (factors === 1 && !balanced(0)))
    throw new InvalidRequest(
      "a crossed design needs finite values in which each level of a factor meets each level of another once: levels² of them",
    );
}
