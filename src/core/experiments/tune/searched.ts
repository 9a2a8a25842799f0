import type { RunConfig, RunRecord } from "../../training/index.js";
import { type Apparatus, jobsFor } from "../shared/apparatus.js";
import type { TunedNetwork } from "../shared/dimensions.js";
import type { ExperimentStep, Steps } from "../shared/experiment.js";
import { type SearchSpace, type TrialSettings, trialOverrides } from "../shared/space.js";
import { type SearchPlan, search, type Trial, type TrialRun } from "./search.js";

/** A network that is trained with settings on validation pairs. */
export interface SearchedNetwork {
  readonly network: TunedNetwork;
  readonly evaluate: RunConfig["evaluate"];
  readonly validationPairs: number;
}

/** Trains the network with settings in rounds, by their seeds. @param purpose  what for */
export function trialStep(
  { network, evaluate, validationPairs }: SearchedNetwork,
  runs: readonly { readonly settings: TrialSettings; readonly seed: number }[],
  purpose: string,
  apparatus: Apparatus,
): ExperimentStep {
  const shared = { evaluate, evaluateOn: "validation", testPairs: validationPairs } as const;
  const requests = runs.map(({ settings, seed }) => ({
    architecture: network.architecture.name,
    seed,
    overrides: { ...shared, ...trialOverrides(network, settings) },
  }));
  return { jobs: jobsFor(apparatus, requests), purpose };
}

/** The result of a search. */
export interface Searched {
  readonly trials: readonly Trial[];
  /** A trial's runs, by its place. */
  readonly recordsOf: (trial: number) => readonly RunRecord[];
}

/**
 * Trains the runs that a search asks for until it ends.
 *
 * @param what  is searched for: "tuning sgd"
 */
export function* searched(
  searching: SearchedNetwork & { readonly space: SearchSpace; readonly plan: SearchPlan; readonly seed: number },
  what: string,
  apparatus: Apparatus,
): Steps<Searched> {
  const { network, space, plan, seed } = searching;
  const records = new Map<number, RunRecord[]>();
  const loop = search(space, network, plan, seed);
  let step = loop.next([]);
  while (!step.done) {
    const asked = step.value;
    const runs = asked.map(({ settings, round }) => ({ settings, seed: plan.seeds[round] as number }));
    const trained = yield trialStep(searching, runs, `${what}, ${stepWords(asked)}`, apparatus);
    for (const [i, { trial }] of asked.entries())
      records.set(trial, [...(records.get(trial) ?? []), trained[i] as RunRecord]);
    step = loop.next(trained.map(({ testError }) => testError));
  }
  return { trials: step.value, recordsOf: (trial) => records.get(trial) ?? [] };
}

/** "8 trials, round 1", "4 trials, rounds 3 to 5". */
function stepWords(runs: readonly TrialRun[]): string {
  const trials = new Set(runs.map(({ trial }) => trial)).size;
  const rounds = runs.map(({ round }) => round + 1);
  const [first, last] = [Math.min(...rounds), Math.max(...rounds)];
  const which = first === last ? `round ${first}` : `rounds ${first} to ${last}`;
  return `${trials === 1 ? "1 trial" : `${trials} trials`}, ${which}`;
}
