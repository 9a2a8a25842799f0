import { Stream } from "../random/streams.js";
import { type CrossedValue, crossedAnova, type MeanSquare } from "./crossed-anova.js";
import type { CrossedImages } from "./crossed-images.js";
import type { Interval } from "./interval.js";
import { ln } from "./logarithm.js";
import { mean } from "./moments.js";

/** A part of a variance. */
export interface VarianceComponent {
  /** The estimate, 0 if it is below. */
  readonly variance: number;
  /** The estimate as it is; it may be below 0. */
  readonly estimate: number;
  /** Of the total; at most 1. */
  readonly share: number;
  /** 95% intervals. */
  readonly variance95: Interval;
  readonly share95: Interval;
}

/** A variance in parts. Their shares add up to 1, or to more where an estimate below 0 counts as 0. */
export interface VarianceComponents {
  /** In the factors' order. */
  readonly factors: readonly VarianceComponent[];
  /** Interactions of factors, and chance that is no factor. */
  readonly rest: VarianceComponent;
  /** What the finite number of pairs adds to each run. With `images`: beside what runs have in common by their images. */
  readonly sampling: VarianceComponent;
  /** With `images`: what all runs owe to their test images. Runs over these images do not differ by it. */
  readonly images?: VarianceComponent;
  /**
   * The sum of all estimates, also of those below 0: of one run. With `images`: of a run with other test images too. It has no interval: a
   * generalized one holds it in 86 to 96% of simulated experiments.
   */
  readonly total: number;
  /** With `images`: the sum without them, of one run on these test images; `share` is of `total`. */
  readonly sameImages?: Pick<VarianceComponent, "variance" | "share" | "share95">;
}

/** What else varies a value. */
export interface SamplingOptions {
  /** On how many pairs each value was measured, as a share of wrong ones; each run has pairs of its own. Absent: no value is such a share. */
  readonly pairs?: number;
  /** With `pairs`: what the runs have in common by their test images, where it is known. */
  readonly images?: CrossedImages | undefined;
  /** The seed of the intervals. */
  readonly seed: number;
  /** Draws of an interval; default 10,000. */
  readonly draws?: number;
}

export const DRAWS = 10_000;

/**
 * Splits the variance of a crossed design. Factors and interactions are random effects (Searle, Casella & McCulloch 1992, "Variance
 * Components", chapter 4): a factor's mean square has the expectation σ²(rest) + σ²(sampling) + L σ²(factor), so the method of moments gives
 * σ²(factor) = (its mean square − that of the rest) / L. An interaction of two factors has another value in each run, so all are in the rest.
 * A share p of n pairs has the variance p(1 − p)/n; the mean of its unbiased estimates p̂(1 − p̂)/(n − 1) is taken off the rest.
 *
 * That is the variance for other images too. Of it, all runs have a part γ in common, and runs that share a level of a factor have δ more in
 * common: `images` says them. So runs on the same images differ by p(1 − p)/n − γ − Σδ only, which is taken off the rest instead; δ is in the
 * factor's part, and γ is a part of its own.
 *
 * Intervals are generalized ones (Weerahandi 1993; Burdick, Borror & Montgomery 2005): each mean square is its expectation times χ²/df, so
 * mean square · df / χ² with drawn χ² says which expectations it allows; each draw gives parts, none below 0, and their shares; the
 * interval goes from the 2.5% to the 97.5% quantile of the draws. γ and γ + Σδ are drawn as normal, with their standard errors.
 *
 * @throws InvalidRequest as `crossedAnova`
 */
export function varianceComponents(values: readonly CrossedValue[], options: SamplingOptions): VarianceComponents {
  const { pairs, images, seed, draws = DRAWS } = options;
  const anova = crossedAnova(values);
  const { levels, mean: center } = anova;
  const binomial =
    pairs === undefined || pairs < 2 ? 0 : mean(values.map(({ value }) => (value * (1 - value)) / (pairs - 1)));
  const common = images && { all: images.all, sum: images.factors.reduce((sum, each) => sum + each, images.all) };
  const found = partsOf(anova.factors.map(squareOf), anova.rest.meanSquare, binomial, levels, common);
  const stream = new Stream(seed, "variance");
  const drawn = Array.from({ length: draws }, () => {
    const factors = anova.factors.map((each) => allowed(each, stream));
    const rest = allowed(anova.rest, stream);
    // The mean of all runs varies by all parts, and with it what a number of pairs adds.
    const ofMean = factors.reduce((sum, square) => sum + Math.max(0, square - rest), rest) / levels ** 2;
    const rate = Math.min(1, Math.max(0, center + Math.sqrt(ofMean) * normalDraw(stream)));
    const spread = center * (1 - center);
    const sampling = spread > 0 ? (binomial * rate * (1 - rate)) / spread : 0;
    return partsOf(factors, rest, sampling, levels, images && common && commonDraw(images, common, stream));
  });
  const { total } = found;
  const shareOf = (part: number, whole: number) => (whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0);
  const componentOf = (estimate: number, partOf: (each: (typeof drawn)[number]) => number): VarianceComponent => {
    const variances = drawn.map((each) => Math.max(0, partOf(each)));
    return {
      variance: Math.max(0, estimate),
      estimate,
      share: shareOf(estimate, total),
      variance95: middle(variances),
      share95: middle(drawn.map((each, i) => shareOf(variances[i] as number, each.total))),
    };
  };
  const components = found.parts.map((estimate, part) => componentOf(estimate, ({ parts }) => parts[part] as number));
  const { length } = anova.factors;
  return {
    factors: components.slice(0, length),
    rest: components[length] as VarianceComponent,
    sampling: components[length + 1] as VarianceComponent,
    ...(common && { images: componentOf(common.all, ({ shared }) => shared) }),
    total,
    ...(common && {
      sameImages: withoutVariance95(componentOf(total - found.shared, (each) => each.total - each.shared)),
    }),
  };
}

const withoutVariance95 = ({ variance, share, share95 }: VarianceComponent) => ({ variance, share, share95 });

/** What all runs have in common by their images, and the same with what runs of one level have, summed over the factors. */
interface CommonByImages {
  readonly all: number;
  readonly sum: number;
}

function commonDraw({ allSe, sumSe, correlation }: CrossedImages, { all, sum }: CommonByImages, stream: Stream) {
  const [own, other] = [normalDraw(stream), normalDraw(stream)];
  const together = correlation * own + Math.sqrt(Math.max(0, 1 - correlation ** 2)) * other;
  return { all: Math.max(0, all + allSe * own), sum: sum + sumSe * together };
}

const squareOf = ({ meanSquare }: MeanSquare): number => meanSquare;

/**
 * What the expectations of mean squares say: of each factor, the rest and sampling; and `shared`, what all runs have in common by their
 * images. The total is above 0 where there are more levels than factors.
 */
function partsOf(
  factors: readonly number[],
  rest: number,
  binomial: number,
  levels: number,
  { all, sum }: CommonByImages = { all: 0, sum: 0 },
) {
  const sampling = binomial - sum;
  const parts = [...factors.map((square) => (square - rest) / levels), rest - sampling, sampling];
  const shared = Math.max(0, all);
  return { parts, shared, total: parts.reduce((sum, part) => sum + part, 0) + shared };
}

/** An expectation that a mean square allows. */
export const allowed = ({ meanSquare, degrees }: MeanSquare, stream: Stream): number =>
  (meanSquare * degrees) / chiSquareDraw(degrees, stream);

/** Above 0 and at most 1. */
const above0 = (stream: Stream): number => 1 - stream.unit();

/** Factors of 24 bits whose product no double rounds to 0. */
const MOST_FACTORS_OF_PRODUCT = 32;

/** χ²: for two degrees of freedom each, −2 ln of a uniform number; for an odd one, the square of a normal number. */
function chiSquareDraw(degrees: number, stream: Stream): number {
  let sum = degrees % 2 === 1 ? normalDraw(stream) ** 2 : 0;
  for (let left = degrees >> 1; left > 0; left -= MOST_FACTORS_OF_PRODUCT) {
    let product = 1;
    for (let i = 0; i < Math.min(left, MOST_FACTORS_OF_PRODUCT); i++) product *= above0(stream);
    sum -= 2 * ln(product);
  }
  return sum;
}

/** A standard normal number, by the polar method (Marsaglia & Bray 1964). */
function normalDraw(stream: Stream): number {
  for (;;) {
    const [x, y] = [2 * stream.unit() - 1, 2 * stream.unit() - 1];
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * ln(square)) / square);
  }
}

/** From the 2.5% to the 97.5% quantile. */
export function middle(values: readonly number[]): Interval {
  const sorted = Float64Array.from(values).sort();
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] as number;
  return [at(0.025), at(0.975)];
}
