import { InvalidRequest } from "../errors.js";
import { crossedAnova } from "./crossed-anova.js";
import { mean } from "./moments.js";
import type { RoundsOfPairs } from "./shared-images.js";

/** What runs of a crossed design have in common by their test images. Variances are of errors as fractions of pairs. */
export interface CrossedImages {
  /** The covariance of two runs that share no level: the variance that other test images would give all of them together. May be below 0. */
  readonly all: number;
  /** Of each factor: how much larger that of two runs is that share one of its levels. May be below 0. */
  readonly factors: readonly number[];
  /** The standard error of `all`, from how images differ and how levels do. */
  readonly allSe: number;
  /** The standard error of the sum of `all` and `factors`, and its correlation with that of `all`. */
  readonly sumSe: number;
  readonly correlation: number;
  /** How many images there are. */
  readonly images: number;
}

/**
 * What runs of `crossedDesign` have in common by their test images, from their verdicts on single pairs. As in `sharedVariance`, pairs of two
 * runs count as related if they share an image (Aronow, Samii and Assenova 2015), and the factor N/(N − 4) makes up for residuals; here the
 * covariance is that of two runs that share no level, and that of two that share one.
 *
 * Standard errors: images differ in what they contribute, and so do levels. Of the latter, the part of a factor's mean square that is above the
 * rest counts, four times, since each run is in both places of a product.
 *
 * @param pairs   of each run, in the design's order
 * @param values  of each run, `[pairs]`: 1 where a pair is decided wrong
 * @param levels  of each run, its level of each factor
 * @returns undefined for fewer than five images, which say nothing about others
 * @throws InvalidRequest if values are not of these pairs, or runs are not those of a crossed design
 */
export function crossedImages(
  { images, rounds, repeated }: RoundsOfPairs,
  values: readonly ArrayLike<number>[],
  levels: readonly (readonly number[])[],
): CrossedImages | undefined {
  if (values.length !== rounds.length || values.some(({ length }, r) => 2 * length !== rounds[r]?.length))
    throw new InvalidRequest("values must be one for each pair of each round");
  if (levels.length !== rounds.length) throw new InvalidRequest("levels must be those of each round");
  // Sees that the design is crossed.
  crossedAnova(levels.map((of) => ({ levels: of, value: 0 })));
  if (images < 5) return undefined;
  const runs = rounds.length;
  const count = Math.round(Math.sqrt(runs));
  const { length: factors } = levels[0] as readonly number[];
  const residuals = values.map((own) => {
    const center = mean(Array.from(own));
    return Float64Array.from(own, (value) => (value - center) / own.length);
  });
  // Each image of each pair, and each pair that several runs have: its products are those of both images, and count once.
  const byImage = levelSums(
    images,
    rounds,
    residuals.map((own) => (at) => own[at >> 1] as number),
    levels,
  );
  const several = 1 + repeated.reduce((most, each) => each.reduce((high, pair) => Math.max(high, pair), most), 0);
  const byPair = levelSums(
    several,
    repeated,
    residuals.map((own, r) => (at) => (repeated[r]?.[at] ? (own[at] as number) : 0)),
    levels,
  );
  // Two runs share one level at most.
  const apart = runs * (runs - 1 - factors * (count - 1));
  const alike = runs * (count - 1);
  const scale = images / (images - 4);
  const split = ({ whole, own }: Products) => {
    const all = (own.reduce((left, each) => left - each, whole) * scale) / apart;
    return { all, factors: own.map((each) => (each * scale) / alike - all) };
  };
  const imageProducts = byImage.products();
  const [ofImages, ofPairs] = [summed(imageProducts), summed(byPair.products())];
  const found = split({
    whole: ofImages.whole - ofPairs.whole,
    own: ofImages.own.map((each, factor) => each - (ofPairs.own[factor] as number)),
  });
  const each = imageProducts.map(split);
  const [all, sum] = [
    each.map((one) => one.all),
    each.map((one) => one.factors.reduce((all, part) => all + part, one.all)),
  ];
  const ofLevels = levelVariance(byImage.withOthers(), levels) * (scale / (apart / runs)) ** 2;
  const covariance = (a: readonly number[], b: readonly number[]): number => {
    const [meanA, meanB] = [mean(a), mean(b)];
    const products = a.reduce((sum, value, i) => sum + (value - meanA) * ((b[i] as number) - meanB), 0);
    return (products * images) / (images - 1) + ofLevels;
  };
  const [allSe, sumSe] = [Math.sqrt(covariance(all, all)), Math.sqrt(covariance(sum, sum))];
  const correlation = allSe > 0 && sumSe > 0 ? covariance(all, sum) / (allSe * sumSe) : 0;
  return { ...found, allSe, sumSe, correlation, images };
}

/** Products of two different runs' sums, over all ordered two of them, and over those that share a level of each factor. */
interface Products {
  readonly whole: number;
  readonly own: readonly number[];
}

const summed = (all: readonly Products[]): Products => ({
  whole: all.reduce((sum, { whole }) => sum + whole, 0),
  own: (all[0]?.own ?? []).map((_, factor) => all.reduce((sum, { own }) => sum + (own[factor] as number), 0)),
});

/**
 * Sums of residuals by what they belong to, over all runs and over those of each level.
 *
 * @param count  how many things there are: images, or pairs
 * @param of     of each run, the thing that each residual belongs to
 * @param value  of each run, the residual there
 */
function levelSums(
  count: number,
  of: readonly ArrayLike<number>[],
  value: readonly ((at: number) => number)[],
  levels: readonly (readonly number[])[],
) {
  const level = Math.round(Math.sqrt(of.length));
  const [whole, squares] = [new Float64Array(count), new Float64Array(count)];
  const byLevel = (levels[0] as readonly number[]).map(() =>
    Array.from({ length: level }, () => new Float64Array(count)),
  );
  const own = new Float64Array(count);
  const eachSum = (run: number, take: (thing: number, sum: number) => void) => {
    const things = of[run] as ArrayLike<number>;
    const residual = value[run] as (at: number) => number;
    for (let at = 0; at < things.length; at++) {
      const thing = things[at] as number;
      own[thing] = (own[thing] as number) + residual(at);
    }
    for (let at = 0; at < things.length; at++) {
      const thing = things[at] as number;
      const sum = own[thing] as number;
      own[thing] = 0;
      // A thing that the run has twice is taken once.
      if (sum !== 0) take(thing, sum);
    }
  };
  const groupsOf = (run: number) =>
    (levels[run] as readonly number[]).map((at, factor) => byLevel[factor]?.[at] as Float64Array);
  for (let run = 0; run < of.length; run++) {
    const groups = [whole, ...groupsOf(run)];
    eachSum(run, (thing, sum) => {
      squares[thing] = (squares[thing] as number) + sum * sum;
      for (const group of groups) group[thing] = (group[thing] as number) + sum;
    });
  }
  return {
    products: (): Products[] =>
      Array.from(whole, (sum, thing) => ({
        whole: sum ** 2 - (squares[thing] as number),
        own: byLevel.map((groups) =>
          groups.reduce((all, group) => all + (group[thing] as number) ** 2, -(squares[thing] as number)),
        ),
      })),
    /** Of each run, its products with all runs that share no level with it. */
    withOthers: (): number[] =>
      of.map((_, run) => {
        const groups = groupsOf(run);
        let products = 0;
        eachSum(run, (thing, sum) => {
          const others = groups.reduce((left, group) => left - (group[thing] as number), whole[thing] as number);
          products += sum * (others + (groups.length - 1) * sum);
        });
        return products;
      }),
  };
}

/** The variance of the mean of products from how levels differ. */
function levelVariance(products: readonly number[], levels: readonly (readonly number[])[]): number {
  const { factors, rest } = crossedAnova(products.map((value, run) => ({ levels: levels[run] ?? [], value })));
  const above = factors.reduce((sum, { meanSquare }) => sum + Math.max(0, meanSquare - rest.meanSquare), 0);
  return (4 * above) / products.length;
}
