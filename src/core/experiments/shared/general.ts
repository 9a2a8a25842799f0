import { hasBit } from "../../formats/bits.js";
import type { RunEvaluation } from "../../inspection/index.js";
import {
  generalInterval,
  type Interval,
  meanOverlap,
  type RoundsOfPairs,
  roundsOfPairs,
  sharedVariance,
} from "../../statistics/index.js";
import { finishedOf, type MayDiverge } from "./diverged.js";
import type { DrawnImages } from "./drawn.js";
import type { Spread } from "./spread.js";

/** What a mean over rounds says of other images than those of its rounds. */
export interface General {
  /** What is drawn anew beside the rounds: images, or classes if test pairs are of other classes than training pairs. */
  readonly of: DrawnImages["of"];
  /** Null for one round, and if all rounds train on the same images. */
  readonly ci95: Interval | null;
  /** The standard deviation that the mean has from its test images, whatever the number of rounds. */
  readonly imagesSd: number;
  /** The share of its training images that a round has in common with another, on average. */
  readonly trainingOverlap: number;
}

/** A run with its verdicts, where they are known. */
interface JudgedRun extends MayDiverge {
  readonly allTestPairs?: RunEvaluation;
  readonly drawn?: DrawnImages;
}

/** Runs of one network, and what its errors count in a mean: 1, or −1 where they are taken off. */
export interface Term {
  readonly runs: readonly JudgedRun[];
  readonly weight: number;
}

/** The most verdicts of one network that are looked at: their images take 16 bytes each. */
export const MOST_VERDICTS = 2 ** 24;

/**
 * The interval in general of a mean over rounds, from verdicts on single pairs; undefined where they are not known, a round diverged in one
 * of several terms, terms have other pairs, or there are fewer than two rounds or five images.
 *
 * @param over  the mean over rounds, and its interval for these images
 * @param pairs  of each round, of which the mean is: all test pairs, or the first of them
 * @param terms  one for an error; two or more for a difference of errors, with the same pairs in the same rounds
 */
export function generalOf(over: Spread, pairs: number, terms: readonly Term[]): General | undefined {
  const sets = terms.map(({ runs }) => finishedOf(runs));
  if (terms.length > 1 && sets.some(({ length }, i) => length < (terms[i] as Term).runs.length)) return undefined;
  const rounds = sets[0]?.length ?? 0;
  if (rounds < 2 || !sets.every((runs) => runs.every(({ allTestPairs, drawn }) => allTestPairs?.wrong && drawn)))
    return undefined;
  const [drawn, ...others] = sets.map((runs) => runs.map((run) => run.drawn as DrawnImages)) as [
    DrawnImages[],
    ...DrawnImages[][],
  ];
  if (others.some((other) => !other.every(({ tested }, r) => isSame(tested, drawn[r]?.tested)))) return undefined;
  const measured = (drawn[0] as DrawnImages).tested.length / 2;
  if (rounds * measured > MOST_VERDICTS) return undefined;
  const values = drawn.map(({ tested }, r) =>
    valuesOf(
      tested.length / 2,
      terms.map(({ weight }, i) => ({ wrong: sets[i]?.[r]?.allTestPairs?.wrong as Uint8Array, weight })),
    ),
  );
  const found = sharedVariance(countedOnce(drawn.map(({ tested }) => tested)), values);
  if (!found) return undefined;
  // The first of these pairs vary more by which images meet, and by which images they are.
  const pairing = ((found.pairing + found.variance) * measured) / pairs - found.variance;
  const trainingOverlap = Math.max(
    ...sets.map((runs) => meanOverlap(runs.map((run) => (run.drawn as DrawnImages).trained))),
  );
  const ci95 = generalInterval(
    over,
    { ...found, pairing },
    { rounds, sd: over.sd, overlap: trainingOverlap, isShare: terms.length === 1 },
  );
  const { of } = drawn[0] as DrawnImages;
  return { of, ci95: ci95 ?? null, imagesSd: Math.sqrt(found.variance), trainingOverlap };
}

/** What each pair of a round counts: the weights of the networks that decide it wrong. */
function valuesOf(
  pairs: number,
  terms: readonly { readonly wrong: Uint8Array; readonly weight: number }[],
): Float64Array {
  const values = new Float64Array(pairs);
  for (const { wrong, weight } of terms)
    for (let pair = 0; pair < pairs; pair++) values[pair] = (values[pair] as number) + weight * hasBit(wrong, pair);
  return values;
}

/** Counted images of the same rounds, which all networks of a comparison have. */
const counted = new WeakMap<Uint32Array, { readonly of: readonly Uint32Array[]; readonly rounds: RoundsOfPairs }>();

function countedOnce(rounds: readonly Uint32Array[]): RoundsOfPairs {
  const [first] = rounds as [Uint32Array];
  const before = counted.get(first);
  if (before && before.of.length === rounds.length && before.of.every((each, r) => each === rounds[r]))
    return before.rounds;
  const found = roundsOfPairs(rounds);
  counted.set(first, { of: rounds, rounds: found });
  return found;
}

const isSame = (one: Uint32Array, other: Uint32Array | undefined): boolean =>
  one === other || (one.length === other?.length && one.every((image, i) => image === other[i]));
