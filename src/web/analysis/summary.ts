import { paperResult } from "../../core/architectures/registry.js";
import type { Verdict } from "../../core/experiments/reproduce/reproduction.js";
import { verdictOn } from "../../core/experiments/reproduce/reproduction.js";
import type { ConstantRounds } from "../../core/experiments/shared/constant-answer.js";
import { asksAsPaper } from "../../core/experiments/shared/question.js";
import { medianSeconds, summarizeRounds } from "../../core/experiments/shared/rounds.js";
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
  readonly verdict?: Verdict | null;
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
    medianSeconds: medianSeconds(runs),
    ...(paper &&
      asksAsPaper(config) && {
        paper,
        verdict: errors.diverged ? null : verdictOn(errors.testError, paper),
      }),
  };
}
