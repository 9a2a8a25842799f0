import { DEFAULT_PAIRS } from "../../core/data/index.js";
import {
  overridesOf,
  type SearchPlan,
  type search,
  type Trial,
  type TrialRun,
  type TrialSettings,
  type TunedNetwork,
} from "../../core/experiments/tune/index.js";
import type { RunConfig, RunRecord } from "../../core/training/index.js";
import type { Session } from "./session.js";
import { remark } from "./terminal/output.js";

/** More than a round has test pairs, so that a choice follows its chance less; fewer where there are not so many images. */
const VALIDATION_PAIRS = 4000;

/** The validation pairs that a search measures on; one at least, so that where there is none the session says so. */
export function validationPairsOf(
  { dataset }: Session,
  { pairs = DEFAULT_PAIRS }: { readonly pairs?: number },
): number {
  return Math.max(1, Math.min(VALIDATION_PAIRS, Math.floor(dataset.train.count / 2) - pairs));
}

/** Trains a network with settings in rounds, by their seeds; `step` says on standard error what for. */
export type Train = (
  runs: readonly { readonly settings: TrialSettings; readonly seed: number }[],
  step: string,
) => Promise<RunRecord[]>;

/** A network's training on validation pairs. */
export function trainerOf(
  session: Session,
  network: TunedNetwork,
  how: { readonly evaluate: RunConfig["evaluate"]; readonly validationPairs: number; readonly quiet: boolean },
): Train {
  const shared = { evaluate: how.evaluate, evaluateOn: "validation", testPairs: how.validationPairs } as const;
  return (runs, step) => {
    const jobs = session.jobsOf(
      runs.map(({ settings, seed }) => ({
        architecture: network.architecture.name,
        seed,
        overrides: { ...shared, ...overridesOf(network, settings) },
      })),
    );
    if (!how.quiet) remark(`${step}: ${jobs.length} runs`);
    return session.train(jobs);
  };
}

/**
 * Trains what a search asks for until it has found.
 *
 * @param what  is searched for, on standard error: "tuning sgd"
 */
export async function searched(loop: ReturnType<typeof search>, plan: SearchPlan, train: Train, what = "tuning") {
  const records = new Map<number, RunRecord[]>();
  let step = loop.next([]);
  while (!step.done) {
    const runs = step.value.map(({ settings, round }) => ({ settings, seed: plan.seeds[round] as number }));
    const trained = await train(runs, `${what}, ${stepWords(step.value)}`);
    step.value.forEach(({ trial }, i) => {
      records.set(trial, [...(records.get(trial) ?? []), trained[i] as RunRecord]);
    });
    step = loop.next(trained.map(({ testError }) => testError));
  }
  const trials: readonly Trial[] = step.value;
  return { trials, recordsOf: (trial: number): readonly RunRecord[] => records.get(trial) ?? [] };
}

/** "8 trials, round 1", "4 trials, rounds 3 to 5". */
function stepWords(runs: readonly TrialRun[]): string {
  const trials = new Set(runs.map(({ trial }) => trial)).size;
  const rounds = runs.map(({ round }) => round + 1);
  const [first, last] = [Math.min(...rounds), Math.max(...rounds)];
  const which = first === last ? `round ${first}` : `rounds ${first} to ${last}`;
  return `${trials === 1 ? "1 trial" : `${trials} trials`}, ${which}`;
}
