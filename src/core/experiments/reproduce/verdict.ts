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
 * The difference of the two means has Welch's interval (1947, "The generalization of Student's problem when several different
 * population variances are involved"), with degrees of freedom that are rounded down. Agreement is two one-sided tests at 5%
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
  const degrees =
    sd === null
      ? paperRounds - 1
      : Math.floor((own + theirs) ** 2 / (own ** 2 / (rounds - 1) + theirs ** 2 / (paperRounds - 1)) + ROUNDING);
  const half = (probability: number) => tQuantile(probability, degrees) * error;
  if (Math.abs(difference) + half(0.95) <= AGREEMENT_MARGIN * paper.testError + ROUNDING) return "agrees";
  if (Math.abs(difference) <= half(0.975)) return "open";
  return difference < 0 ? "lower" : "higher";
}

const ROUNDING = 1e-12;

const WORDS: Readonly<Record<Verdict, string>> = {
  agrees: "agrees",
  lower: "ours is lower",
  higher: "ours is higher",
  open: "open",
};

/** "open; agrees if the paper has 13 rounds or more"; also where there is none, because a round diverged. */
export const verdictWords = (verdicts: readonly VerdictFrom[] | null): string =>
  verdicts
    ? verdicts
        .map(({ verdict, paperRounds }, i) => `${WORDS[verdict]}${i === 0 ? "" : ifPaperHas(paperRounds)}`)
        .join("; ")
    : "none: it diverged";

/** " if the paper has 13 rounds or more". */
export const ifPaperHas = (rounds: number): string => ` if the paper has ${rounds} rounds or more`;
