import {
  findArchitecture,
  median,
  type PaperResult,
  type RunSummary,
  type Spread,
  summarizeRounds,
  type Verdict,
  verdictOn,
} from "../../core/index.js";

/** A network over the rounds that have come so far. Errors are fractions of pairs. */
export interface NetworkSummary {
  readonly name: string;
  readonly parameters: number;
  readonly rounds: number;
  readonly trainError: Spread;
  readonly testError: Spread;
  /** Wall-clock time of a run. */
  readonly medianSeconds: number;
  readonly paper?: PaperResult;
  readonly verdict?: Verdict;
}

/**
 * @param runs  of one network, one at least
 * @param seed  of the first round, which the bootstrap starts from
 */
export function summarizeNetwork(runs: readonly RunSummary[], seed: number): NetworkSummary {
  const [first] = runs;
  if (!first) throw new Error("a network without runs has no errors");
  const { architecture: name, parameters } = first;
  const { trainError, testError } = summarizeRounds(runs, seed);
  const { paper } = findArchitecture(name);
  return {
    name,
    parameters,
    rounds: runs.length,
    trainError,
    testError,
    medianSeconds: median(runs.map(({ seconds }) => seconds)),
    ...(paper && { paper, verdict: verdictOn(testError, paper) }),
  };
}
