import { numbers } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import type { Interval } from "./interval.js";
import { tQuantile } from "./student.js";
import { scoreInterval, wilsonInterval } from "./superiority.js";

/** Which images the pairs of some rounds are of, counted. */
export interface RoundsOfPairs {
  /** Images that occur in any round. */
  readonly images: number;
  /** For each round, `[pairs, 2]`: the pairs' images, counted from 0. */
  readonly rounds: readonly Uint32Array[];
  /** For each round, `[pairs]`: which pair it is, counted from 1 among those that several rounds have; 0 if no other round has it. */
  readonly repeated: readonly Uint32Array[];
}

/** What the number of test images adds to the variance of a mean over rounds, however many these are. */
export interface SharedVariance {
  /** Of the mean. At least 0. */
  readonly variance: number;
  /** The part of the variance of rounds that comes from which images meet in a pair, and not from training. At least 0. */
  readonly pairing: number;
  /** Degrees of freedom of that estimate: how many images decide it. */
  readonly degrees: number;
  /** How many images there are. */
  readonly images: number;
}

/**
 * Counts images and pairs of some rounds, for `sharedVariance`.
 *
 * @param rounds  of each round `[pairs, 2]`, numbers below 2^26, the same for the same image in each round
 * @throws InvalidRequest if a round has no pairs, or half a pair
 */
export function roundsOfPairs(rounds: readonly ArrayLike<number>[]): RoundsOfPairs {
  const places = new Map<number, number>();
  const counted = rounds.map((round, r) => {
    numbers(2)(round, `rounds[${r}]`);
    if (round.length % 2 === 1)
      throw new InvalidRequest(`rounds[${r}] must hold two numbers a pair, not ${round.length}`);
    return Uint32Array.from(round, (image) => {
      const place = places.get(image) ?? places.size;
      places.set(image, place);
      return place;
    });
  });
  const keys = counted.map((round) =>
    Float64Array.from({ length: round.length / 2 }, (_, pair) =>
      pairKey(round[2 * pair] as number, round[2 * pair + 1] as number),
    ),
  );
  const all = new Float64Array(keys.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const each of keys) {
    all.set(each, at);
    at += each.length;
  }
  all.sort();
  const several = new Map<number, number>();
  for (let i = 1; i < all.length; i++)
    if (all[i] === all[i - 1] && !several.has(all[i] as number)) several.set(all[i] as number, several.size + 1);
  const repeated = keys.map((each) => Uint32Array.from(each, (key) => several.get(key) ?? 0));
  return { images: places.size, rounds: counted, repeated };
}

/** Two images are one pair in either order. */
const pairKey = (first: number, second: number): number => Math.min(first, second) * 2 ** 26 + Math.max(first, second);

/**
 * What the mean over rounds owes to its test images: the covariance of two rounds' means, which comes only from images that both rounds
 * have. More rounds of the same images do not lower it.
 *
 * Values of different rounds count as related if their pairs share an image, and as unrelated otherwise: the dyadic cluster-robust variance
 * of Aronow, Samii and Assenova (2015, "Cluster-robust variance estimation for dyadic data"), of which only terms between rounds are
 * taken. The mean's variance in general is this and s²/R, the variance over R rounds: Cameron, Gelbach and Miller's (2011) two ways of
 * clustering, by rounds and by images, in which terms within a round are counted once. The factor N/(N − 4) for N images makes up for
 * residuals, which are from each round's own mean. The terms within a round, less this covariance, are what another pairing of the same
 * images would change: `pairing`. `degrees` are Satterthwaite's (1946) of the images' contributions.
 *
 * @param values  of each round, `[pairs]`: 1 where a pair is decided wrong, or what it is worth in a difference
 * @returns undefined for fewer than two rounds or fewer than five images, which say nothing about others
 * @throws InvalidRequest if values are not of these pairs
 */
export function sharedVariance(
  { images, rounds, repeated }: RoundsOfPairs,
  values: readonly ArrayLike<number>[],
): SharedVariance | undefined {
  if (values.length !== rounds.length || values.some(({ length }, r) => 2 * length !== rounds[r]?.length))
    throw new InvalidRequest("values must be one for each pair of each round");
  if (rounds.length < 2 || images < 5) return undefined;
  const byImage = sumsOf(images);
  // Squares of pairs that no other round has.
  let alone = 0;
  const byPair = sumsOf(
    repeated.reduce((most, each) => each.reduce((high, pair) => Math.max(high, pair), most), 0) + 1,
  );
  rounds.forEach((round, r) => {
    const own = values[r] as ArrayLike<number>;
    const center = meanOf(own);
    for (let pair = 0; pair < own.length; pair++) {
      const distance = ((own[pair] as number) - center) / own.length;
      const [first, second] = [round[2 * pair] as number, round[2 * pair + 1] as number];
      byImage.add(first, distance);
      // A pair of a class with itself has one class.
      if (second === first) continue;
      byImage.add(second, distance);
      const again = (repeated[r] as Uint32Array)[pair] as number;
      if (again > 0) byPair.add(again, distance);
      else alone += distance * distance;
    }
    byImage.endRound();
    byPair.endRound();
  });
  const contributions = byImage.betweenRounds();
  let [sum, squares] = [0, 0];
  for (const each of contributions) sum += each;
  for (const each of contributions) squares += (each - sum / images) ** 2;
  // Pairs that share both images were counted twice.
  const between = rounds.length * (rounds.length - 1);
  const variance = ((sum - totalOf(byPair.betweenRounds())) / between) * (images / (images - 4));
  const within = (totalOf(byImage.squares) - totalOf(byPair.squares) - alone) / rounds.length;
  const degrees = Math.min(Math.max(Math.floor((2 * sum ** 2) / squares), 1), images - 1);
  return {
    variance: Math.max(variance, 0),
    pairing: Math.max(within - variance, 0),
    degrees: Number.isNaN(degrees) ? images - 1 : degrees,
    images,
  };
}

const totalOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

/** Sums over rounds, and what products of different rounds' sums come to. */
function sumsOf(count: number) {
  const [sums, squares, round] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  let touched: number[] = [];
  return {
    squares,
    add(at: number, value: number): void {
      if (round[at] === 0) touched.push(at);
      round[at] = (round[at] as number) + value;
    },
    endRound(): void {
      for (const at of touched) {
        const own = round[at] as number;
        sums[at] = (sums[at] as number) + own;
        squares[at] = (squares[at] as number) + own * own;
        round[at] = 0;
      }
      touched = [];
    },
    betweenRounds: (): Float64Array => sums.map((sum, at) => sum * sum - (squares[at] as number)),
  };
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

/** How `generalInterval` widens. */
export interface GeneralOptions {
  /** Rounds that the mean is over. */
  readonly rounds: number;
  /** Standard deviation over rounds, n − 1. Default: all of it counts as from training. */
  readonly sd?: number | null;
  /** The share of its training images that a round has in common with another, on average. Default 0. */
  readonly overlap?: number;
  /** Whether the mean is a share of pairs, from 0 to 1, as an error is; otherwise a difference of two. */
  readonly isShare?: boolean;
}

/**
 * A 95% interval of a mean in general, for other images too, from the interval over rounds, which is about these images only. The squares
 * of both distances add on each side (Zou and Donner 2008, "Construction of confidence limits about effect measures": MOVER): that of the
 * interval over rounds, and that of the images' part.
 *
 * - Rounds whose training sets overlap by a share ρ differ too little by training: for R rounds that part of the squared distance is
 *   multiplied by 1 + R · ρ/(1 − ρ) (Nadeau and Bengio 2003, "Inference for the generalization error"). The part that is `pairing` is not.
 * - The images' part is ± t · √variance for a difference. For an error p it is Wilson's interval of p(1 − p)/variance pairs, with that t
 *   (Franco et al. 2019, "Comparative study of confidence intervals for proportions in complex sample surveys").
 *
 * @param over  the mean over rounds, and its interval for these images
 * @returns undefined without such an interval, or if all rounds train on the same images
 */
export function generalInterval(
  { mean: center, ci95 }: { readonly mean: number; readonly ci95: Interval | null },
  { variance, pairing, degrees, images }: SharedVariance,
  { rounds, sd, overlap = 0, isShare = false }: GeneralOptions,
): Interval | undefined {
  if (!ci95 || overlap >= 1) return undefined;
  const training = sd ? Math.max(1 - pairing / (sd * sd), 0) : 1;
  const widened = Math.sqrt(1 + (training * rounds * overlap) / (1 - overlap));
  const t = tQuantile(0.975, degrees);
  const half = t * Math.sqrt(variance);
  const of = isShare ? wilsonOf(center, variance, t, images) : ([center - half, center + half] as const);
  const low = center - distance(widened * (center - ci95[0]), center - of[0]);
  const high = center + distance(widened * (ci95[1] - center), of[1] - center);
  return isShare ? [Math.max(low, 0), Math.min(high, 1)] : [low, high];
}

/** `Math.hypot` is not the same on all machines. */
const distance = (one: number, other: number): number => Math.sqrt(one * one + other * other);

/** Of a share that the images decide with this variance. Where no pair or every pair is wrong, images count as independent pairs. */
function wilsonOf(share: number, variance: number, t: number, images: number): Interval {
  const binomial = share * (1 - share);
  if (binomial === 0) return wilsonInterval(share * Math.floor(images / 2), Math.floor(images / 2));
  if (variance === 0) return [share, share];
  const pairs = binomial / variance;
  return scoreInterval(share * pairs, pairs, t);
}

/**
 * The share of its images that a set has in common with another one, on average over all two of them; 0 for fewer than two sets.
 *
 * @param sets  numbers of images, each once
 */
export function meanOverlap(sets: readonly ArrayLike<number>[]): number {
  const counts = new Map<number, number>();
  let [all, common] = [0, 0];
  for (const set of sets) {
    all += set.length;
    for (let i = 0; i < set.length; i++) {
      const before = counts.get(set[i] as number) ?? 0;
      // Each set before that has the image shares it with this one.
      common += 2 * before;
      counts.set(set[i] as number, before + 1);
    }
  }
  return sets.length < 2 || all === 0 ? 0 : common / (all * (sets.length - 1));
}
