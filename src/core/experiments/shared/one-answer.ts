import type { RightAnswers } from "../../data/pairs.js";
import { mean, signFlipInterval } from "../../statistics/index.js";
import { wilsonInterval } from "../../statistics/superiority.js";
import { listed, percent } from "../../text/format.js";
import { constantSentences, type MayRepeat } from "./constant-answer.js";
import { finishedOf } from "./diverged.js";

/** A run with the right answers of the pairs that its error is measured on, where they were counted. */
export interface AnsweredRun extends MayRepeat {
  readonly seed: number;
  readonly testError: number;
  readonly answers?: RightAnswers;
}

/** What one and the same answer to every pair is worth. */
export interface OneAnswer {
  /** The answer that is right more often over all rounds; where both are right on half of every round, either. */
  readonly always: "yes" | "no" | "one answer";
  /** Its error in each round, a fraction of pairs. */
  readonly errors: readonly number[];
}

/** @param rounds  the right answers of each round's pairs, one round at least */
export function oneAnswer(rounds: readonly RightAnswers[]): OneAnswer {
  const [always, never] = (["no", "yes"] as const).map((wrong) =>
    rounds.map((answers) => answers[wrong] / pairsOf(answers)),
  ) as [number[], number[]];
  if (mean(never) < mean(always)) return { always: "no", errors: never };
  return { always: rounds.every(({ yes, no }) => yes === no) ? "one answer" : "yes", errors: always };
}

/** "Always yes is wrong on 30.6% of the test pairs (19.4% to 41.7% by round)." */
export function oneAnswerSentence(rounds: readonly RightAnswers[], pairs: "test" | "validation" = "test"): string {
  const { always, errors } = oneAnswer(rounds);
  const [low, high] = [percent(Math.min(...errors)), percent(Math.max(...errors))];
  const range = low === high ? "" : ` (${low} to ${high} by round)`;
  return `Always ${always} is wrong on ${percent(mean(errors))} of the ${pairs} pairs${range}.`;
}

/** A network over rounds, by its name in a sentence. */
export interface NamedErrors {
  readonly title: string;
  readonly runs: readonly AnsweredRun[];
}

/**
 * Names the networks that say the same to every pair, and those that do no better than that, a sentence for each kind:
 *
 * - those that give only one answer in a round;
 * - those whose mean error is not lower;
 * - those whose error is lower, but the 95% interval of the difference over rounds reaches 0. Where there is none, with fewer
 *   than six rounds or if all differences are equal, it is Wilson's of the error on the pairs of all rounds together;
 * - those whose error is in every round exactly that of always yes, or of always no, where it is not known what they say: an earlier
 *   version, which trained them, did not count it.
 *
 * Rounds that diverged are left out. Networks whose runs' right answers were not counted are not set beside one answer.
 *
 * @param pairs  what errors are measured on
 */
export function noBetterSentences(
  networks: readonly NamedErrors[],
  seed: number,
  pairs: "test" | "validation" = "test",
): string[] {
  const judged = networks.flatMap(({ title, runs }) => {
    const finished = finishedOf(runs).filter((run): run is Answered => run.answers !== undefined);
    return finished.length > 0 ? [{ title, ...judge(finished, seed) }] : [];
  });
  const among = (of: (each: (typeof judged)[number]) => boolean) => byAnswer(judged.filter(of), pairs);
  const perhaps = judged.filter(({ mayBeConstant }) => mayBeConstant).map(({ title }) => title);
  return [
    ...constantSentences(networks, pairs),
    ...among(({ verdict }) => verdict === "no better").map(
      ({ titles, answer }) => `${listed(titles)} ${titles.length > 1 ? "do" : "does"} no better than ${answer}.`,
    ),
    ...among(({ verdict }) => verdict === "not shown").map(
      ({ titles, answer }) =>
        `${listed(titles)} ${titles.length > 1 ? "are" : "is"} not shown to do better than ${answer}.`,
    ),
    ...(perhaps.length > 0
      ? [
          `The error of ${listed(perhaps)} is in every round exactly that of one and the same answer to every pair. pairlab evaluate RUN says whether a run gives only one.`,
        ]
      : []),
  ];
}

type Answered = AnsweredRun & { readonly answers: RightAnswers };
type Verdict = "better" | "not shown" | "no better";

function judge(runs: readonly Answered[], seed: number) {
  const answer = oneAnswer(runs.map(({ answers }) => answers));
  const errors = runs.map(({ testError }) => testError);
  const differences = errors.map((error, round) => error - (answer.errors[round] as number));
  const difference = mean(differences);
  const said = runs.map(({ constantAnswer }) => constantAnswer);
  const mayBeConstant =
    said.includes(undefined) &&
    !said.includes(null) &&
    runs.every(({ testError, answers: { yes, no } }) => [yes, no].includes(Math.round(testError * (yes + no))));
  const highest = () => {
    const all = runs.reduce((sum, { answers }) => sum + pairsOf(answers), 0);
    const interval = signFlipInterval(differences, seed);
    return interval ? interval[1] : wilsonInterval(mean(errors) * all, all)[1] - mean(answer.errors);
  };
  const verdict: Verdict = difference > -ROUNDING ? "no better" : highest() < 0 ? "better" : "not shown";
  return { answer, verdict, mayBeConstant };
}

/** Errors are decimal fractions: differences of equal ones may come out a little below 0. */
const ROUNDING = 1e-12;

/** Titles of those that are set beside the same answer with the same error. */
function byAnswer(
  judged: readonly { readonly title: string; readonly answer: OneAnswer }[],
  pairs: string,
): { readonly titles: readonly string[]; readonly answer: string }[] {
  const groups = new Map<string, string[]>();
  for (const { title, answer } of judged) {
    const words = `always ${answer.always}, which is wrong on ${percent(mean(answer.errors))} of the ${pairs} pairs`;
    groups.set(words, [...(groups.get(words) ?? []), title]);
  }
  return [...groups].map(([answer, titles]) => ({ titles, answer }));
}

const pairsOf = ({ yes, no }: RightAnswers): number => yes + no;
