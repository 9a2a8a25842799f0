import type { Decision, RunRecord } from "../../../core/index.js";
import { groupRuns, type RunGroup } from "../../../core/runs/groups.js";
import { onPads } from "../../state/drawing.js";
import { asked } from "../../state/experiment.js";
import { decide } from "../../state/inspector.js";
import { trainedOnThese } from "../../state/trained.js";
import type { TrainedRun } from "../../training/run.js";
import { keyOf } from "../../ui/key-of.js";
import { type Latest, useLatest } from "../../ui/use-latest.js";
import { bestFirst, type GroupedAnswer, groupAnswers, runsToAsk } from "./grouped-answers.js";

/** The networks that are asked about what is on the pads, and what they say. */
export interface Answers extends Pick<Latest<unknown>, "failure" | "pending"> {
  /** All that have learned the question and did not diverge, the best first. */
  readonly networks: readonly RunGroup<RunRecord>[];
  readonly runs: readonly TrainedRun[];
  /** The best network first; empty while both pads are empty. */
  readonly answers: readonly GroupedAnswer[];
  /** Which pads the answers are about. With one of them, only beliefs about its digit count. */
  readonly drawn: readonly [boolean, boolean];
}

/** The runs that have learned the asked question, and those of them that can answer. */
export function learnedRuns() {
  const { name } = asked.value;
  const learned = trainedOnThese.value.filter(({ record }) => record.config.relation === name);
  return { learned, usable: learned.filter(({ record }) => !record.diverged) };
}

const BLANK = new Float32Array(14 * 14);

/**
 * The answers to what is on the pads, asked with each stroke. An empty pad beside a digit is asked about as a blank image: a network's
 * belief about a digit comes from this digit's image alone.
 */
export function useAnswers(): Answers {
  const pads = onPads.value;
  const runs = runsToAsk(learnedRuns().usable);
  const records = runs.map(({ record }) => record);
  const drawn = [pads[0] !== undefined, pads[1] !== undefined] as const;
  const isAsked = runs.length > 0 && drawn.includes(true);
  const key = `${keyOf(pads)} ${records.map(({ id }) => id).join()}`;
  const { value, failure, pending } = useLatest(isAsked ? key : undefined, async () => {
    const [first = BLANK, second = BLANK] = pads;
    const decisions = await decide(runs, { first, second });
    const answers = new Map(records.map(({ id }, i) => [id, decisions[i] as Decision]));
    return { answers: groupAnswers(records, answers), drawn };
  });
  // The answer to the last move stays until the next is there, but not after a pad was cleared.
  const isCurrent = value !== undefined && value.drawn.join() === drawn.join();
  return {
    networks: bestFirst(groupRuns(records)),
    ...{ runs, pending, drawn },
    ...(failure !== undefined && { failure }),
    answers: isCurrent ? value.answers : [],
  };
}

/** What networks say of the pair; empty while a pad is. */
export const ofBoth = ({ answers, drawn }: Answers): readonly GroupedAnswer[] => (drawn[0] && drawn[1] ? answers : []);

/** The best network that names digits. */
export const naming = ({ answers }: Answers): GroupedAnswer | undefined => answers.find(({ beliefs }) => beliefs);
