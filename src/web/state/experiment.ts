import { computed, signal } from "@preact/signals";
import { relationNamed } from "../../core/data/relations.js";
import { sharedSettings } from "../../core/experiments/shared/shared-settings.js";
import { checkReportedSeeds } from "../../core/experiments/shared/tuning-seeds.js";
import { InvalidRequest, type Job, makeJob } from "../../core/index.js";
import { sameSettings } from "../../core/runs/groups.js";
import { SETTINGS } from "../../core/settings/table.js";
import type { Address } from "../address/address.js";
import { Experiment } from "../training/experiment.js";
import { WorkerTrainer } from "../training/trainer.js";
import { address } from "./address.js";
import { type Laboratory, pairsOf, site } from "./site.js";
import { keepTrained, trained } from "./trained.js";

/** How many runs are trained at the same time. */
export const LANES = navigator.hardwareConcurrency || 2;

export interface Plan {
  /** Round by round, so that results of all networks come in together. */
  readonly jobs: readonly Job[];
  /** The reasons why networks cannot be trained, by name. */
  readonly refused: ReadonlyMap<string, string>;
}

function planOf(
  { networks, seed, rounds, settings }: Pick<Address, "networks" | "seed" | "rounds" | "settings">,
  { dataset, identity }: Laboratory,
): Plan {
  const refused = new Map<string, string>();
  const shared = sharedSettings(networks, settings);
  const firsts: Job[] = [];
  const lanes = networks.map((name, i) => {
    try {
      checkReportedSeeds(seed, rounds);
      const jobs = Array.from({ length: rounds }, (_, round) =>
        makeJob(name, seed + round, dataset, identity, shared[i]),
      );
      const [first] = jobs as [Job];
      const twin = firsts.find(({ config }) => sameSettings(config, first.config));
      if (twin)
        throw new InvalidRequest(
          `${twin.architecture} and ${name} are one network with the same settings: a comparison is one of different ones`,
        );
      firsts.push(first);
      return jobs;
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
      refused.set(name, error.message);
      return [];
    }
  });
  const jobs = Array.from({ length: rounds }, (_, round) => lanes.flatMap((own) => own[round] ?? [])).flat();
  return { jobs, refused };
}

/** The runs that the address asks for; undefined while the site is loading. */
export const plan = computed(() => {
  const now = site.value;
  return now.state === "ready" ? planOf(address.value, now.laboratory) : undefined;
});

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

/** The address that asked for the experiment under way, if there is one. The page's address may have changed since. */
export const underWay = computed((): Address | undefined => {
  const now = begun.value;
  return now && isUnderWay(now.experiment) ? now.asked : undefined;
});

/** What the page asks about a pair: what is being trained is asked, else what its address says. */
export const asked = computed(() => {
  const { settings } = underWay.value ?? address.value;
  return relationNamed(settings.relation ?? SETTINGS.relation.usual);
});

export const isTraining = computed(() => underWay.value !== undefined);

export const newExperiment = (jobs: readonly Job[], { kernels }: Laboratory): Experiment =>
  new Experiment(
    jobs,
    (id) => trained.peek().get(id),
    LANES,
    () => new WorkerTrainer(kernels, pairsOf),
    keepTrained,
  );
