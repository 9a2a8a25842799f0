import { signal } from "@preact/signals";
import { type NamedRelation, relationNamed } from "../../core/data/relations.js";
import type { Job } from "../../core/index.js";
import type { Experiment } from "../training/experiment.js";
import type { TrainedRun } from "../training/run.js";
import { asked, newExperiment, planFor } from "./experiment.js";
import { isRecalled } from "./kept.js";
import { type Laboratory, seen, site } from "./site.js";
import { trainedOnThese } from "./trained.js";

/** The network that trains fastest, so that a first visitor gets an answer soon. */
export const QUICKEST = "quick";

/** Networks that are tried, where images are not MNIST's: what suits a question first. Few epochs are enough for an answer. */
const OTHERS = { symmetric: ["matching", QUICKEST, "mlp"], ordered: [QUICKEST, "ranking", "mlp"], epochs: 5 } as const;

export const firstNetwork = signal<Experiment | undefined>(undefined);

const isUsable = ({ record }: TrainedRun): boolean => !record.diverged;

/** Trains one small network, once for a question, where nothing is trained yet that answers and all is there that it takes. */
export function trainFirstNetwork(): void {
  const now = site.value;
  const { name: relation } = asked.value;
  const ofThis = trainedOnThese.value.filter(({ record }) => record.config.relation === relation);
  if (now.state !== "ready" || !isRecalled.value || ofThis.some(isUsable)) return;
  if (firstNetwork.peek()?.runs[0]?.job.config.relation === relation || beginning.has(relation)) return;
  beginning.add(relation);
  void begin(now.laboratory, relationNamed(relation)).finally(() => beginning.delete(relation));
}

/** The questions for which a network is being chosen. */
const beginning = new Set<string>();

async function begin(laboratory: Laboratory, relation: NamedRelation): Promise<void> {
  const job = await firstJob(laboratory, relation);
  const now = site.peek();
  if (!job || now.state !== "ready" || now.laboratory !== laboratory) return;
  const experiment = newExperiment([job], laboratory);
  firstNetwork.value = experiment;
  experiment.start();
}

/** Undefined where no network can be trained: the view Train says why. */
async function firstJob(laboratory: Laboratory, relation: NamedRelation): Promise<Job | undefined> {
  const { isDigits } = seen.peek();
  const names = isDigits ? [QUICKEST] : OTHERS[relation.symmetric ? "symmetric" : "ordered"];
  for (const name of names) {
    const settings = { relation: relation.name, ...(name !== QUICKEST && { epochs: OTHERS.epochs }) };
    const { jobs } = await planFor({ networks: [name], own: [], seed: 0, rounds: 1, settings }, laboratory);
    if (jobs[0]) return jobs[0];
  }
  return undefined;
}
