import { paperResult } from "../../core/architectures/registry.js";
import { type VerdictFrom, verdictsOn } from "../../core/experiments/reproduce/verdict.js";
import type { ConstantRounds } from "../../core/experiments/shared/constant-answer.js";
import { asksAsPaper } from "../../core/experiments/shared/question.js";
import { secondsPerRun, summarizeRounds, WALL } from "../../core/experiments/shared/rounds.js";
import type { Spread } from "../../core/experiments/shared/spread.js";
import type { PaperResult, RunSummary } from "../../core/index.js";

/** A network over the rounds that have come so far. Errors are fractions of pairs. */
export interface NetworkSummary {
  readonly name: string;
  readonly parameters: number;
  readonly rounds: number;
  readonly trainError: Spread;
  readonly testError: Spread;
  /** How many rounds diverged; absent where none did. The errors are those of the others. */
  readonly diverged?: number;
  /** In how many rounds it says the same to every pair; absent where in none. */
  readonly constantRounds?: ConstantRounds;
  /** The wall-clock time of a run. */
  readonly medianSeconds: number;
  readonly paper?: PaperResult;
  /** Null where a round diverged; absent, as the paper's, where networks are asked something else, or of other images. */
  readonly verdicts?: readonly VerdictFrom[] | null;
}

/** @param runs  at least one, all of the same network */
export function summarizeNetwork(runs: readonly RunSummary[]): NetworkSummary {
  const [first] = runs;
  if (!first) throw new Error("a network without runs has no errors");
  const { architecture: name, parameters, config } = first;
  const { runs: _, ...errors } = summarizeRounds(runs);
  const paper = paperResult(name);
  return {
    name,
    parameters,
    rounds: runs.length,
    ...errors,
    medianSeconds: secondsPerRun(runs, WALL).median,
    ...(paper &&
      asksAsPaper(config) && {
        paper,
        verdicts: errors.diverged ? null : verdictsOn(errors.testError, runs.length, paper),
      }),
  };
}
