import { within } from "../../checks.js";
import { FIRST_SEEDS } from "../../limits.js";
import { Stream } from "../../random/streams.js";
import type { TunedNetwork } from "../shared/dimensions.js";
import { betterHalf, hasDiverged, ranked, type Tried } from "../shared/halving.js";
import { isSame, ownSettings, placesOf, type SearchSpace, settingsAt, type TrialSettings } from "../shared/space.js";
import { tuningSources } from "../shared/tunings.js";
import { haltonSequence } from "./halton.js";
import { MOST_TRIALS, MOST_TUNING_ROUNDS } from "./limits.js";
import { type Coordinate, proposeParzen } from "./parzen.js";

/** How a search spends its runs. */
export interface SearchPlan {
  /** How many settings are tried, if the space has so many. */
  readonly trials: number;
  /** How many of them come first: the architecture's own settings, and points that fill the space evenly. */
  readonly explored: number;
  /** How many rounds a trial has had after each rung of successive halving, ascending; each rung's better half climbs on. */
  readonly rungs: readonly number[];
  /** Of the rounds of tuning, which all trials share; of several tunings one after the other. */
  readonly seeds: readonly number[];
}

/** Settings that a search tries, with their errors in the first rounds of tuning. */
export interface Trial extends Tried<TrialSettings> {
  /** Where they come from: the architecture, the sequence that fills the space, or the model of what is good. */
  readonly source: "own" | "sequence" | "model";
}

/** A run that a search needs to go on: a trial's settings in a round of tuning. */
export interface TrialRun {
  /** Its place among the trials. */
  readonly trial: number;
  readonly settings: TrialSettings;
  /** From 0: a place in the plan's seeds. */
  readonly round: number;
}

/** Trials that are proposed together, from earlier results; the number does not depend on the workers. */
const BATCH = 8;
/** How many times a proposal may repeat settings that were tried before the space counts as exhausted. */
const REPEATS = 100;

/**
 * @param rounds   of the trials that are tuned to the end
 * @param tunings  how often it is searched anew, each time in rounds of its own
 * @throws InvalidRequest if a number is out of range
 */
export function searchPlan(trials: number, rounds: number, seed: number, tunings = 1): SearchPlan {
  within({ least: 1, most: MOST_TRIALS, whole: true })(trials, "trials");
  within({ least: 1, most: MOST_TUNING_ROUNDS, whole: true })(rounds, "rounds");
  within(FIRST_SEEDS)(seed, "seed");
  const rungs = [rounds];
  for (let left = rounds; left > 1; rungs.unshift(left)) left = Math.ceil(left / 2);
  return {
    trials,
    explored: Math.min(trials, Math.max(2, Math.ceil(trials / 3))),
    rungs,
    seeds: tuningSources(seed, tunings, rounds).flatMap((source) => source.seeds),
  };
}

/**
 * Searches a space: the architecture's own settings and a scrambled Halton sequence first, then, batch by batch, what a Parzen
 * estimator proposes from all that is known. Trials climb rungs of rounds: after each batch, at each rung but the last, the
 * better half of all trials that have reached it go on, and the last rung comes at the end. (The rule of Li et al. 2020,
 * "A system for massively parallel hyperparameter tuning", asked at fixed times.) Which trials are proposed and which go on depends
 * only on the errors, never on when or where a run was made.
 *
 * Trials that diverged in a round climb no further, and are never near what is proposed.
 *
 * Yields runs that it needs; continue it with their validation errors in the same order, NaN for those that diverged.
 *
 * @returns the trials in the order of their proposal
 */
export function* search(
  space: SearchSpace,
  network: TunedNetwork,
  plan: SearchPlan,
  seed: number,
): Generator<readonly TrialRun[], Trial[], readonly number[]> {
  const stream = new Stream(seed, "search");
  const sequence = haltonSequence(space.length, stream);
  const trials: GrowingTrial[] = [];
  const propose = (source: Trial["source"], settings: () => TrialSettings): boolean => {
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const proposed = settings();
      if (trials.some((trial) => isSame(trial.settings, proposed))) continue;
      trials.push({ settings: proposed, source, errors: [] });
      return true;
    }
    return false;
  };
  const dimensions = space.map(({ dimension }) => dimension);
  propose("own", () => ownSettings(dimensions, network));
  while (trials.length < plan.explored && propose("sequence", () => settingsAt(space, sequence.next().value)));
  const early = plan.rungs.slice(0, Math.max(1, plan.rungs.length - 1));
  for (let more = true; more; ) {
    yield* climb(trials, early);
    const known = trials.length;
    const full = Math.min(plan.trials, known + BATCH);
    while (trials.length < full && propose("model", () => settingsAt(space, likeliest(space, trials, stream))));
    more = trials.length > known;
  }
  yield* climb(trials, plan.rungs);
  return trials;
}

interface GrowingTrial extends Trial {
  readonly errors: number[];
}

/** Gives a round to all that have none, and the rounds of each further rung to those that are to climb it. */
function* climb(trials: readonly GrowingTrial[], rungs: readonly number[]) {
  for (const [rung, rounds] of rungs.entries()) {
    const before = rungs[rung - 1] ?? 0;
    const there = trials.map((_, i) => i).filter((i) => (trials[i] as GrowingTrial).errors.length >= before);
    const climbing =
      rung === 0
        ? there
        : betterHalf(there.map((i) => (trials[i] as GrowingTrial).errors.slice(0, before))).map(
            (half) => there[half] as number,
          );
    const runs = climbing.flatMap((trial): TrialRun[] => {
      const { settings, errors } = trials[trial] as GrowingTrial;
      return Array.from({ length: rounds }, (_, round) => ({ trial, settings, round })).slice(errors.length);
    });
    if (runs.length === 0) continue;
    const found: readonly number[] = yield runs;
    for (const [i, { trial }] of runs.entries()) (trials[trial] as GrowingTrial).errors.push(found[i] as number);
  }
}

/** The share of trials that count as good. */
const GOOD = 0.2;

/** What the model proposes. Trials without an error yet count as not good, so that a batch does not crowd together. */
function likeliest(space: SearchSpace, trials: readonly Trial[], stream: Stream): number[] {
  const coordinates = space.map(
    ({ domain }): Coordinate => (domain.kind === "range" ? "range" : { choices: domain.values.length }),
  );
  const finished = trials.filter(({ errors }) => errors.length > 0);
  const order = ranked(finished).map((i) => finished[i] as Trial);
  const placed = order.flatMap((trial) => insideOf(space, trial));
  const pending = trials.filter(({ errors }) => errors.length === 0).flatMap((trial) => insideOf(space, trial));
  const usable = order.filter(({ errors }) => !hasDiverged(errors)).flatMap((trial) => insideOf(space, trial));
  const good = Math.min(Math.ceil(GOOD * placed.length), usable.length);
  return proposeParzen(coordinates, { good: placed.slice(0, good), bad: [...placed.slice(good), ...pending] }, stream);
}

/** A trial's point; none if it lies outside the space, as the architecture's own settings may. */
function insideOf(space: SearchSpace, { settings }: Trial): number[][] {
  const places = placesOf(space, settings).filter((place) => place !== undefined);
  return places.length === space.length ? [places] : [];
}
