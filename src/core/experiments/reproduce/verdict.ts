import type { PaperResult } from "../../architectures/index.js";
import { tQuantile } from "../../statistics/student.js";
import type { Spread } from "../shared/spread.js";

/**
 * Where our mean test error lies, seen from the paper's: it agrees if the two are shown to differ by less than the margin, it is
 * lower or higher if they are shown to differ, and else it is open.
 */
export type Verdict = "agrees" | "lower" | "higher" | "open";

/** A verdict that holds if the paper has at least so many rounds, up to the next one's. */
export interface VerdictFrom {
  readonly verdict: Verdict;
  readonly paperRounds: number;
}

/** An error agrees within this part of the paper's. */
export const AGREEMENT_MARGIN = 0.1;
/** The paper does not say how many rounds it has. One verdict needs a number: this one, that of a reproduction by default. */
export const ASSUMED_PAPER_ROUNDS = 10;
/** Verdicts are given up to so many. */
const MOST_PAPER_ROUNDS = 100;

/**
 * The verdict for every number of rounds that the paper may have, from 2 to 100: equal neighbours are one.
 *
 * The difference of the two means has Student's interval for unequal variances, with the degrees of freedom of the side with
 * fewer rounds: never too narrow (Mickey & Brown 1966, "Bounds on the distribution functions of the Behrens–Fisher statistic"), and
 * narrower with each round. Agreement is two one-sided tests at 5%
 * (Schuirmann 1987): the 90% interval lies within the margin. A difference is shown where the 95% interval excludes 0.
 *
 * @param ours  our test error over `rounds` rounds, a fraction of pairs; one round is taken to have the paper's deviation
 */
export function verdictsOn(ours: Pick<Spread, "mean" | "sd">, rounds: number, paper: PaperResult): VerdictFrom[] {
  const verdicts: VerdictFrom[] = [];
  for (let paperRounds = 2; paperRounds <= MOST_PAPER_ROUNDS; paperRounds++) {
    const verdict = verdictFor(ours, rounds, paper, paperRounds);
    if (verdicts.at(-1)?.verdict !== verdict) verdicts.push({ verdict, paperRounds });
  }
  return verdicts;
}

/** The one that holds if the paper has `ASSUMED_PAPER_ROUNDS`. */
export const assumedVerdict = (verdicts: readonly VerdictFrom[]): Verdict =>
  verdicts.findLast(({ paperRounds }) => paperRounds <= ASSUMED_PAPER_ROUNDS)?.verdict ?? "open";

function verdictFor(
  { mean, sd }: Pick<Spread, "mean" | "sd">,
  rounds: number,
  paper: PaperResult,
  paperRounds: number,
): Verdict {
  const difference = mean - paper.testError;
  const theirs = paper.testSd ** 2 / paperRounds;
  const own = (sd ?? paper.testSd) ** 2 / rounds;
  const error = Math.sqrt(own + theirs);
  const degrees = sd === null ? paperRounds - 1 : Math.min(rounds, paperRounds) - 1;
  const half = (probability: 0.95 | 0.975) => quantile(probability, degrees) * error;
  if (Math.abs(difference) + half(0.95) <= AGREEMENT_MARGIN * paper.testError + ROUNDING) return "agrees";
  if (Math.abs(difference) <= half(0.975)) return "open";
  return difference < 0 ? "lower" : "higher";
}

const ROUNDING = 1e-12;

const quantiles = new Map<string, number>();

/** `tQuantile`, which takes a bisection, once for each question. */
function quantile(probability: number, degrees: number): number {
  const key = `${probability} ${degrees}`;
  const known = quantiles.get(key) ?? tQuantile(probability, degrees);
  quantiles.set(key, known);
  return known;
}

/**
 * "agrees"; "n ≥ 13: agrees", n the paper's rounds, where fewer leave it open; also where there is none, because a round diverged.
 */
export function verdictWords(verdicts: readonly VerdictFrom[] | null): string {
  if (!verdicts) return "none: it diverged";
  const [first, ...others] = verdicts;
  const later = others.map(({ verdict, paperRounds }) => `n ≥ ${paperRounds}: ${verdict}`);
  return [...(first && (first.verdict !== "open" || later.length === 0) ? [first.verdict] : []), ...later].join("; ");
}

/** " if the paper has 13 rounds or more". */
export const ifPaperHas = (rounds: number): string => ` if the paper has ${rounds} rounds or more`;
