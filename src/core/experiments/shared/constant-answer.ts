import type { EvaluationPairs } from "../../data/pools.js";
import { listed } from "../../text/format.js";
import type { RunSummary } from "../../training/index.js";
import type { MeasuredRun } from "./all-test-pairs.js";
import { finishedOf, type MayDiverge } from "./diverged.js";

/** A run, or the part of it that an experiment keeps. */
export interface MayRepeat extends MayDiverge {
  /** What its network says to every pair that it was measured on; null if it says both. Absent if its answers were not counted. */
  readonly constantAnswer?: "yes" | "no" | null;
}

/** In how many rounds a network says yes to every pair, and in how many it says no. */
export interface ConstantRounds {
  readonly yes: number;
  readonly no: number;
}

/** What a network says to every pair, for a document; nothing if its answers were not counted. */
export function constantAnswerOf({
  testYes,
  config,
  allTestPairs,
}: Pick<RunSummary, "testYes" | "config"> & Pick<MeasuredRun, "allTestPairs">): Pick<MayRepeat, "constantAnswer"> {
  // A round's own test pairs are among all test pairs.
  const counted =
    allTestPairs?.yes === undefined
      ? { yes: testYes, pairs: config.testPairs }
      : { yes: allTestPairs.yes, pairs: allTestPairs.pairs };
  if (counted.yes === undefined) return {};
  return { constantAnswer: counted.yes === 0 ? "no" : counted.yes === counted.pairs ? "yes" : null };
}

/** Runs as the functions below take them. */
export const withConstantAnswers = <Run extends RunSummary>(runs: readonly Run[]): (Run & MayRepeat)[] =>
  runs.map((run) => ({ ...run, ...constantAnswerOf(run) }));

/** The rounds with one answer, for a document; nothing if there are none. */
export function constantRoundsOf(runs: readonly MayRepeat[]): { readonly constantRounds?: ConstantRounds } {
  const saying = (answer: "yes" | "no") => finishedOf(runs).filter((run) => run.constantAnswer === answer).length;
  const [yes, no] = [saying("yes"), saying("no")];
  return yes + no > 0 ? { constantRounds: { yes, no } } : {};
}

/** Whether the answers of some rounds were not counted. */
const areUncounted = (finished: readonly MayRepeat[]): boolean =>
  finished.some(({ constantAnswer }) => constantAnswer === undefined);

/** "always no", "always one answer", "2 of 10 rounds"; empty if no network is known to say the same to every pair. */
export function constantInTable(runs: readonly MayRepeat[]): string {
  const { constantRounds } = constantRoundsOf(runs);
  const finished = finishedOf(runs);
  if (!constantRounds) return "";
  const { yes, no } = constantRounds;
  const rounds = finished.length;
  if (yes + no < rounds) return `${areUncounted(finished) ? "at least " : ""}${yes + no} of ${rounds} rounds`;
  return `always ${no === 0 ? "yes" : yes === 0 ? "no" : "one answer"}`;
}

/** The same in a column: "not counted" where runs are of an earlier version, which might say so. */
export const constantCell = (runs: readonly MayRepeat[]): string =>
  constantInTable(runs) || (areUncounted(finishedOf(runs)) ? "not counted" : "");

/**
 * "says no to every pair": beside a network's errors where no column says it.
 *
 * @param rounds  that did not diverge
 */
export function constantInWords({ yes, no }: ConstantRounds, rounds: number): string {
  if (yes > 0 && no > 0) return `one answer to every pair in ${yes + no} of ${rounds} rounds`;
  return `says ${yes > 0 ? "yes" : "no"} to every pair${yes + no < rounds ? ` in ${yes + no} of ${rounds} rounds` : ""}`;
}

/** How a column is called that says it, and what a caption says about it. */
export const CONSTANT_COLUMN = "Same answer";
export const CONSTANT_CAPTION = `${CONSTANT_COLUMN}: whether the network says the same to every pair, whatever the pair shows.`;

/** A network over rounds, by its name in a sentence. */
interface NamedRuns {
  readonly title: string;
  readonly runs: readonly (MayRepeat & { readonly seed: number })[];
}

/** How many rounds are named. */
const NAMED = 5;

/** Names the networks that say the same to every pair of a round, a sentence for each kind. */
export function constantSentences(networks: readonly NamedRuns[], pairs: EvaluationPairs = "test"): string[] {
  const titles = new Map<string, string[]>();
  for (const { title, runs } of networks) {
    const words = wordsOf(finishedOf(runs), pairs);
    if (words) titles.set(words, [...(titles.get(words) ?? []), title]);
  }
  return [...titles].map(([words, those]) => `${listed(those)} ${those.length > 1 ? "say" : "says"} ${words}.`);
}

function wordsOf(finished: NamedRuns["runs"], pairs: EvaluationPairs): string | undefined {
  const { constantRounds } = constantRoundsOf(finished);
  if (!constantRounds) return undefined;
  const { yes, no } = constantRounds;
  const every = `to every ${pairs} pair`;
  if (yes + no < finished.length) {
    return `the same ${every} in ${areUncounted(finished) ? "at least " : ""}${yes + no} of ${finished.length} rounds (${places(finished)})`;
  }
  if (yes > 0 && no > 0) return `the same ${every} of a round: ${roundsOf("yes", yes)}, ${roundsOf("no", no)}`;
  return `${yes > 0 ? "yes" : "no"} ${every}${finished.length > 1 ? " in every round" : ""}`;
}

const roundsOf = (answer: string, rounds: number): string =>
  `${answer} in ${rounds} ${rounds === 1 ? "round" : "rounds"}`;

/** "seed 3: yes; seed 5: no"; the first few, and how many more. */
function places(runs: NamedRuns["runs"]): string {
  const constant = runs.flatMap(({ seed, constantAnswer }) =>
    constantAnswer ? [`seed ${seed}: ${constantAnswer}`] : [],
  );
  const more = constant.length - NAMED;
  return [...constant.slice(0, NAMED), ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
}
