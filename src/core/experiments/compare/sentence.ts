import { findArchitecture } from "../../architectures/index.js";
import type { EvaluationPairs } from "../../data/pools.js";
import { fewestRounds, roundsNeededWithin } from "../../statistics/index.js";
import { count, nounFor, pointsWithInterval, pValue } from "../../text/format.js";
import { exploring, isShown, statedInterval } from "../shared/claims.js";
import { type TunedRounds, unitsIn } from "../shared/tunings.js";
import type { Difference } from "./difference.js";
import type { UntilShown } from "./until.js";

type Found = Pick<
  Difference,
  | "a"
  | "b"
  | "mean"
  | "sd"
  | "ci95"
  | "simultaneousCi95"
  | "pHolm"
  | "diverged"
  | "decision"
  | "equivalence"
  | "moreRounds"
>;

export interface Tested extends TunedRounds {
  /** What was tested together. */
  readonly comparisons: number;
  /** The pairs that errors are measured on. Default: test pairs. */
  readonly evaluateOn?: EvaluationPairs;
  /** Titles for `a` and `b`. Default: the architectures' titles. */
  readonly titleOf?: (name: string) => string;
  /** If rounds were added until it was decided what differs. */
  readonly until?: UntilShown;
  /** Which rounds diverged: see `divergedBriefly`. */
  readonly lost?: string;
}

/** What a comparison of two architectures found, in plain English; the better one comes first. */
export function comparisonSentence(found: Found, tested: Tested): string {
  if (found.diverged) return noTest(found, tested);
  if (tested.until) return decided(found, tested);
  if (found.pHolm === null) return oneRound(found, tested);
  const fewest = fewestRounds(tested.comparisons);
  if (unitsIn(tested).count < fewest) return tooFew(found, tested, fewest);
  return isShown(found) ? shown(found, tested) : notShown(found, tested);
}

/** "n = 30, p < 0.001, Holm-corrected over 10 pairs". */
export function testInBrief(pHolm: number, { comparisons, ...rounds }: Tested): string {
  return `n = ${unitsIn(rounds).n}, ${pValue(pHolm)}${comparisons > 1 ? `, Holm-corrected over ${comparisons} pairs` : ""}`;
}

/** "p < 0.001", "p = 0.37, not shown", "not tested", "not tested: 2 diverged". */
export const testedInBrief = (found: Pick<Found, "pHolm" | "diverged">): string =>
  found.pHolm === null
    ? `not tested${found.diverged ? `: ${found.diverged} diverged` : ""}`
    : `${pValue(found.pHolm)}${isShown(found) ? "" : ", not shown"}`;

/** Nothing is claimed if some rounds diverged: the remaining rounds were selected by how training went. */
function noTest(found: Found, tested: Tested): string {
  const { titleOf = architectureTitle, lost } = tested;
  const { count: units, one } = unitsIn(tested);
  const left = units - (found.diverged ?? 0);
  const none = `No test is made between ${titleOf(found.a)} and ${titleOf(found.b)}: ${lost}.`;
  if (left === 0) return `${none} No ${one} was finished by both.`;
  const which = left === 1 ? `the ${one}` : `the ${left} ${one}s`;
  return `${none} In ${which} that both finished, the difference is ${inWords(found, tested).seen}.`;
}

function oneRound(found: Found, tested: Tested): string {
  const { better, other, seen } = inWords(found, tested);
  return `One round tests nothing, because it has no spread: its difference between ${better} and ${other} is ${seen}.`;
}

function tooFew(found: Found, tested: Tested, fewest: number): string {
  const { better, other, seen } = inWords(found, tested);
  const { count: units, one } = unitsIn(tested);
  return `${units} ${one}s are too few to show any difference between ${better} and ${other}: ${atLeast(fewest, tested.comparisons, { one })}. In them, the difference is ${seen}.`;
}

/** "over 10 pairs that takes at least 9 rounds". */
export const atLeast = (fewest: number, comparisons: number, { what = "pairs", one = "round" } = {}): string =>
  `${comparisons > 1 ? `over ${comparisons} ${what} ` : ""}that takes at least ${fewest} ${one}s`;

function shown(found: Found, tested: Tested): string {
  const { better, other, points } = inWords(found, tested);
  const claim = `${better} lowers ${tested.evaluateOn ?? "test"} error by ${points} against ${other} (${testInBrief(found.pHolm ?? 1, tested)}).`;
  return [claim, exploring(tested.rounds) ?? ""].join(" ").trimEnd();
}

/** What was found by a test that may be looked at after every round. */
function decided(found: Found, tested: Tested): string {
  const { rounds, until, comparisons } = tested;
  const { better, other, points, seen } = inWords(found, tested);
  const corrected = comparisons > 1 ? `, Holm-corrected over ${comparisons} pairs` : "";
  const brief = (p: number) => `(n = ${rounds}, looked at after every round, ${pValue(p)}${corrected})`;
  const margin = until?.margin === undefined ? "" : pointsWithInterval(until.margin, null);
  if (found.decision === "shown")
    return `Shown: ${better} lowers ${tested.evaluateOn ?? "test"} error by ${points} against ${other} ${brief(found.pHolm ?? 1)}.`;
  if (found.decision === "equivalent" && found.equivalence)
    return `Equivalent within ${margin}: the difference between ${better} and ${other} is ${seen} ${brief(found.equivalence.pHolm)}.`;
  const more = found.moreRounds;
  const outlook = !more
    ? ""
    : more.most === null
      ? `, at least about ${moreWords(more.least)}`
      : more.most > more.least
        ? `, about ${count(more.least)} to ${moreWords(more.most)}`
        : `, about ${moreWords(more.least)}`;
  return `Open${outlook}: the difference between ${better} and ${other} is ${seen} ${brief(found.pHolm ?? 1)}.`;
}

const moreWords = (rounds: number): string => `${count(rounds)} more ${nounFor(rounds, "round")}`;

function notShown(found: Found, tested: Tested): string {
  const { comparisons } = tested;
  const { better, other, seen } = inWords(found, tested);
  const together = comparisons > 1 && found.simultaneousCi95 ? "; the interval is over all of them together" : "";
  const brief = `(${testInBrief(found.pHolm ?? 1, tested)}${together})`;
  return [`No difference is shown between ${better} and ${other}: ${seen} ${brief}.`, ...outlook(found, tested)].join(
    " ",
  );
}

/** A difference that is not shown may be 0, so only the fewest rounds that may show it can be said. */
function outlook({ sd, simultaneousCi95: interval }: Found, { comparisons, ...rounds }: Tested): string[] {
  const range = interval && sd !== null ? roundsNeededWithin(interval, { sd, comparisons }) : undefined;
  if (!interval || !range) return [];
  const far = pointsWithInterval(Math.max(...interval.map(Math.abs)), null);
  const { count: units, one } = unitsIn(rounds);
  const few = range.least > units ? `about ${count(range.least)} ${one}s` : `a few more ${one}s`;
  return [
    `To show one takes ${few} if the true difference is ${far}, the far end of the interval, and more if it is smaller.`,
  ];
}

const architectureTitle = (name: string): string => findArchitecture(name).title;

function inWords(found: Found, { titleOf = architectureTitle }: Tested) {
  const { a, b, mean } = found;
  const [first, second] = mean > 0 ? [b, a] : [a, b];
  const better = titleOf(first);
  const points = pointsWithInterval(mean, statedInterval(found));
  return {
    better,
    other: titleOf(second),
    points,
    /** "0.48 points [−1.20, 1.02] in favour of MLP". */
    seen: mean === 0 ? points : `${points} in favour of ${better}`,
  };
}
