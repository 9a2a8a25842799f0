import { findArchitecture, type PaperResult } from "../../architectures/index.js";
import type { MeasuredRun } from "../shared/all-test-pairs.js";
import type { ExperimentContext } from "../shared/context.js";
import { type Curves, curvesOf } from "../shared/curves.js";
import { finishedOf } from "../shared/diverged.js";
import { asksAsPaper } from "../shared/question.js";
import {
  clockOf,
  everyRoundOf,
  type RoundsSummary,
  type RunClock,
  type SecondsPerRun,
  secondsPerRun,
  summarizeRounds,
} from "../shared/rounds.js";
import { assumedVerdict, type Verdict, type VerdictFrom, verdictsOn } from "./verdict.js";

/** An architecture of the paper over all rounds, beside what the paper prints. Errors are fractions of pairs. */
export interface ReproducedArchitecture extends RoundsSummary {
  readonly name: string;
  readonly parameters: number;
  /** Absent where networks are asked something else: the paper's numbers are not about that. */
  readonly paper?: PaperResult;
  /** As if the paper had 10 rounds. Null where there is nothing to set beside: a round diverged, or networks are asked something else. */
  readonly verdict: Verdict | null;
  /** For every number of rounds that the paper may have. */
  readonly verdicts: readonly VerdictFrom[] | null;
  readonly secondsPerRun: SecondsPerRun;
  /** Of the rounds that did not diverge. */
  readonly curves: Curves;
}

/** The paper's experiment and ours side by side. Errors are fractions of pairs. */
export interface Reproduction extends ExperimentContext {
  readonly architectures: readonly ReproducedArchitecture[];
}

/**
 * Draws the conclusions of a reproduction from its run records, grouped by architecture in the order of `names`.
 *
 * @throws InvalidRequest if an architecture does not have exactly one run of each seed
 * @throws Error for an architecture that the paper does not have
 */
export function summarizeReproduction(
  names: readonly string[],
  records: readonly MeasuredRun[],
  context: ExperimentContext,
): Reproduction {
  const clock = clockOf(records);
  const architectures = names.map((name) => summarize(name, everyRoundOf(name, records, context), clock));
  return { ...context, architectures };
}

function summarize(name: string, records: readonly MeasuredRun[], clock: RunClock): ReproducedArchitecture {
  const paper = findArchitecture(name).paper;
  const first = records[0];
  if (!paper || !first) throw new Error(`${name} has ${paper ? "no runs" : "no result in the paper"}`);
  const { runs, ...errors } = summarizeRounds(records);
  const comparable = records.every(({ config }) => asksAsPaper(config));
  const verdicts = errors.diverged || !comparable ? null : verdictsOn(errors.testError, runs.length, paper);
  return {
    name,
    parameters: first.parameters,
    ...errors,
    ...(comparable && { paper }),
    verdict: verdicts && assumedVerdict(verdicts),
    verdicts,
    secondsPerRun: secondsPerRun(records, clock),
    runs,
    curves: curvesOf(finishedOf(records).map(({ epochs }) => epochs)),
  };
}
