import { InvalidRequest } from "../errors.js";
import { betweenRounds, forResiduals, type RoundsOfPairs, requireValues } from "./shared-images.js";

/** What runs of a crossed design have in common by their test images. Variances are of errors as fractions of pairs. */
export interface CrossedImages {
  /** The covariance of two runs that share no level: the variance that other test images would give all of them together. May be below 0. */
  readonly all: number;
  /** Of each factor: how much larger that of two runs is that share one of its levels. May be below 0. */
  readonly factors: readonly number[];
  /** The standard error of `all`, from how images differ. */
  readonly allSe: number;
  /** The standard error of `all` and `factors` together, and its correlation with that of `all`. */
  readonly sumSe: number;
  readonly correlation: number;
  /** How many images there are. */
  readonly images: number;
}

/**
 * What runs of `crossedDesign` have in common by their test images, from their verdicts on single pairs: the covariance of `sharedVariance`, of
 * those two runs that share no level, and of those that share one. Images differ in what they contribute; their spread is the standard error.
 *
 * @param pairs   of each run, in the design's order
 * @param values  of each run, `[pairs]`: 1 where a pair is decided wrong
 * @param levels  of each run, its level of each factor
 * @returns undefined for fewer than five images, which say nothing about others
 * @throws InvalidRequest if values are not of these pairs, or runs are not those of a crossed design
 */
export function crossedImages(
  pairs: RoundsOfPairs,
  values: readonly ArrayLike<number>[],
  levels: readonly (readonly number[])[],
): CrossedImages | undefined {
  const { images, rounds, repeated } = pairs;
  requireValues(rounds, values);
  const runs = rounds.length;
  const count = Math.round(Math.sqrt(runs));
  const factors = levels[0]?.length ?? 0;
  // Two runs share one level at most, so these are the ordered two of runs that share none.
  const apart = runs * (runs - 1 - factors * (count - 1));
  if (levels.length !== runs || count ** 2 !== runs || factors === 0 || apart <= 0)
    throw new InvalidRequest("runs must be those of a crossed design: levels² of them, each with its levels");
  if (images < 5) return undefined;
  const all = betweenRounds(pairs, values);
  const shared = Array.from({ length: factors }, (_, factor) => {
    const sum = { contributions: new Float64Array(images), twice: 0 };
    for (let level = 0; level < count; level++) {
      const those = levels.flatMap((of, run) => (of[factor] === level ? [run] : []));
      const only = <Value>(of: readonly Value[]) => those.map((run) => of[run] as Value);
      const found = betweenRounds({ images, rounds: only(rounds), repeated: only(repeated) }, only(values));
      sum.twice += found.twice;
      found.contributions.forEach((each, image) => {
        sum.contributions[image] = (sum.contributions[image] as number) + each;
      });
    }
    return sum;
  });
  const factor = forResiduals(images);
  const alike = runs * (count - 1);
  /** What a sum over all two runs, and one of each factor, says of those that share no level, and of each factor. */
  const split = (whole: number, own: readonly number[]) => {
    const none = (own.reduce((left, each) => left - each, whole) * factor) / apart;
    return { none, factors: own.map((each) => (each * factor) / alike - none) };
  };
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  const found = split(
    total(all.contributions) - all.twice,
    shared.map(({ contributions, twice }) => total(contributions) - twice),
  );
  const byImage = Array.from(all.contributions, (whole, image) => {
    const own = split(
      whole,
      shared.map(({ contributions }) => contributions[image] as number),
    );
    return [own.none, own.factors.reduce((sum, each) => sum + each, own.none)] as const;
  });
  const covariance = (a: 0 | 1, b: 0 | 1): number => {
    const [meanA, meanB] = [a, b].map(
      (which) => byImage.reduce((sum, each) => sum + (each[which as 0] as number), 0) / images,
    );
    const sum = byImage.reduce((sum, each) => sum + (each[a] - (meanA as number)) * (each[b] - (meanB as number)), 0);
    return (sum * images) / (images - 1);
  };
  const [allSe, sumSe] = [Math.sqrt(covariance(0, 0)), Math.sqrt(covariance(1, 1))];
  return {
    all: found.none,
    factors: found.factors,
    allSe,
    sumSe,
    correlation: allSe > 0 && sumSe > 0 ? covariance(0, 1) / (allSe * sumSe) : 0,
    images,
  };
}
