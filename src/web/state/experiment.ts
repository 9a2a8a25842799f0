import { computed, effect, signal } from "@preact/signals";
import { relationNamed } from "../../core/data/relations.js";
import { InvalidRequest, type Job } from "../../core/index.js";
import { SETTINGS } from "../../core/settings/table.js";
import { relationOf } from "../../core/training/job.js";
import { type Address, START } from "../address/address.js";
import { Experiment } from "../training/experiment.js";
import { type AskedRuns, isQuickToPlan, type Plan, planOf } from "../training/plan.js";
import { WorkerTrainer } from "../training/trainer.js";
import { LatestWins } from "../workers/latest-wins.js";
import { address, changeAddress, completeAddress } from "./address.js";
import { forgetOwn, keepOwn, recalls } from "./kept.js";
import { type Laboratory, noteEnd, pairsOf, planInWorker, seen, site } from "./site.js";
import { trained } from "./trained.js";

/** How many runs are trained at the same time. */
export const LANES = navigator.hardwareConcurrency || 2;

/** The runs that somebody asks for. */
export async function planFor(asked: AskedRuns, laboratory: Laboratory): Promise<Plan> {
  const { counted: dataset, identity: engine } = laboratory;
  return isQuickToPlan(asked, { dataset }) ? planOf(asked, { dataset, engine }) : planApart(asked, laboratory);
}

/** The same by a worker, for whoever can wait: the ids of 60 runs take this thread longer than a frame. */
export async function planApart(asked: AskedRuns, laboratory: Laboratory): Promise<Plan> {
  try {
    return await planInWorker(asked, laboratory);
  } catch (error) {
    noteEnd(error);
    return { jobs: [], refused: new Map([[asked.networks[0] ?? "", (error as Error).message]]) };
  }
}

interface Question {
  readonly key: string;
  readonly asked: AskedRuns;
  readonly laboratory: Laboratory;
}

/** The runs that the address asks for; undefined while the site is loading. */
const question = computed((): Question | undefined => {
  const now = site.value;
  if (now.state !== "ready") return undefined;
  const { networks, own, seed, rounds, settings } = address.value;
  const asked = { networks, own, seed, rounds, settings };
  return { key: JSON.stringify(asked), asked, laboratory: now.laboratory };
});

const isQuick = ({ asked, laboratory }: Question): boolean => isQuickToPlan(asked, { dataset: laboratory.counted });

/** The last plan that a worker has made, and what for. */
const made = signal<(Pick<Question, "key" | "laboratory"> & { readonly plan: Plan }) | undefined>(undefined);

/** The runs that the address asks for; undefined while the site is loading, or pairs are counted. */
export const plan = computed((): Plan | undefined => {
  const now = question.value;
  if (!now) return undefined;
  const { asked, laboratory, key } = now;
  if (isQuick(now)) return planOf(asked, { dataset: laboratory.counted, engine: laboratory.identity });
  return made.value?.key === key && made.value.laboratory === laboratory ? made.value.plan : undefined;
});

const planning = new LatestWins();

/** Whether the usual question can be asked of the page's classes. */
export const hasOrder = computed((): boolean => {
  const now = site.value;
  if (now.state !== "ready") return true;
  try {
    relationOf({ relation: SETTINGS.relation.usual, dataset: now.laboratory.dataset });
    return true;
  } catch (error) {
    if (error instanceof InvalidRequest) return false;
    throw error;
  }
});

/** What answers the questions of lists, which are of pairs without classes. */
export const OF_LISTS = { symmetric: ["matching", "weight-sharing"], ordered: ["ranking", "weight-sharing"] } as const;

/**
 * Where the address asks nothing and classes have no order, the page asks whether both are the same. Where it has the networks that go
 * without saying, and a list gives the pairs, it takes those that fit. The address says either.
 */
export function askWhatCanBeAsked(): void {
  effect(() => {
    const { settings, networks } = address.value;
    const { listed } = seen.value;
    if (listed) {
      const { symmetric } = relationNamed(listed.relation);
      if (networks.join() === START.networks.join())
        completeAddress({ networks: [...OF_LISTS[symmetric ? "symmetric" : "ordered"]] });
    } else if (!hasOrder.value && settings.relation === undefined)
      completeAddress({ settings: { ...settings, relation: "equal" } });
  });
}

/** Has plans that take a while made in a worker. */
export function planAhead(): void {
  effect(() => {
    const now = question.value;
    if (!now || isQuick(now)) return;
    const { key, asked, laboratory } = now;
    planning.ask(async () => {
      made.value = { key, laboratory, plan: await planFor(asked, laboratory) };
    });
  });
}

/** A started experiment, and the address that asked for it. */
interface Begun {
  readonly experiment: Experiment;
  readonly asked: Address;
}

const begun = signal<Begun | undefined>(undefined);

const isUnderWay = ({ state }: Experiment) => state.value === "running" || state.value === "paused";

/**
 * The experiment that the address asks for. While an experiment is under way, it stays. Runs that were trained before with the same
 * settings are not trained again.
 */
export const experiment = computed((): Experiment | undefined => {
  // What is trained may have come from the browser, or be forgotten.
  recalls.value;
  const asked = plan.value;
  const current = begun.value?.experiment;
  if (current && isUnderWay(current)) return current;
  if (!asked || site.value.state !== "ready") return undefined;
  const ids = asked.jobs.map(({ id }) => id).join();
  if (current && current.runs.map(({ job }) => job.id).join() === ids) return current;
  return newExperiment(asked.jobs, site.value.laboratory);
});

/** Makes an experiment the page's own until it is done or stopped. */
export function begin(chosen: Experiment): void {
  if (begun.peek()?.experiment !== chosen) begun.value = { experiment: chosen, asked: address.value };
}

/** Starts what the address asks for, as soon as its runs are known, unless it asks for something else by then. */
export function beginAsked(): void {
  const wanted = question.peek()?.key;
  let isOver = false;
  const dispose = effect(() => {
    const next = plan.value;
    if (isOver || (next === undefined && question.value?.key === wanted)) return;
    isOver = true;
    // Not within the effect, which follows what a start changes.
    queueMicrotask(() => {
      dispose();
      const asked = experiment.peek();
      if (!asked || question.peek()?.key !== wanted || isTraining.peek() || !canTrain(next)) return;
      begin(asked);
      asked.start();
    });
  });
}

const canTrain = (planned: Plan | undefined): boolean =>
  planned !== undefined && planned.jobs.length > 0 && planned.refused.size === 0;

/** Trains so many rounds of what the address asks for. Those that are trained already are not trained again. */
export function trainRounds(rounds: number): void {
  changeAddress({ rounds });
  beginAsked();
}

/** The address that asked for the experiment under way, if there is one. The page's address may have changed since. */
export const underWay = computed((): Address | undefined => {
  const now = begun.value;
  return now && isUnderWay(now.experiment) ? now.asked : undefined;
});

/** What the page asks about a pair: what is being trained is asked, else what its address says. */
export const asked = computed(() => {
  const { settings } = underWay.value ?? address.value;
  return relationNamed(settings.relation ?? seen.value.listed?.relation ?? SETTINGS.relation.usual);
});

export const isTraining = computed(() => underWay.value !== undefined);

export const newExperiment = (jobs: readonly Job[], { kernels }: Laboratory): Experiment =>
  new Experiment(
    jobs,
    (id) => trained.peek().get(id),
    LANES,
    (cores) => new WorkerTrainer(kernels, pairsOf, cores),
    keepOwn,
  );

/** Experiments that were begun beside the address's own: they go on while other views are shown. */
const beside = signal<readonly Experiment[]>([]);

/** Trains runs beside what the address asks for, such as a point of the study. */
export function startBeside(jobs: readonly Job[], laboratory: Laboratory): Experiment {
  const chosen = newExperiment(jobs, laboratory);
  beside.value = [...beside.peek().filter(isUnderWay), chosen];
  chosen.start();
  return chosen;
}

/** All experiments under way that somebody has asked for, whichever view began them. */
export const inTraining = computed((): readonly Experiment[] =>
  [...(begun.value ? [begun.value.experiment] : []), ...beside.value].filter(isUnderWay),
);

/** Forgets runs that were trained in this browser; all of them by default. Nothing may be in training. */
export async function forgetRuns(ids?: readonly string[]): Promise<void> {
  if (isTraining.peek()) return;
  await forgetOwn(ids);
  begun.value = undefined;
}
