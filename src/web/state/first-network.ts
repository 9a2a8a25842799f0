import { signal } from "@preact/signals";
import type { RelationName } from "../../core/data/relations.js";
import { makeJob } from "../../core/index.js";
import type { Experiment } from "../training/experiment.js";
import type { TrainedRun } from "../training/run.js";
import { asked, newExperiment } from "./experiment.js";
import { type Laboratory, site } from "./site.js";
import { trained } from "./trained.js";

/** The network that trains fastest, so that a first visitor gets an answer soon. */
const NAME = "quick";

export const firstNetwork = signal<Experiment | undefined>(undefined);

const isUsable = ({ record }: TrainedRun): boolean => !record.diverged;

/** Trains one small network, once for a question, where nothing is trained yet that answers and all is there that it takes. */
export function trainFirstNetwork(): void {
  const now = site.value;
  const { name: relation } = asked.value;
  const ofThis = [...trained.value.values()].filter(({ record }) => record.config.relation === relation);
  if (now.state !== "ready" || ofThis.some(isUsable)) return;
  if (firstNetwork.peek()?.runs[0]?.job.config.relation === relation) return;
  firstNetwork.value = begun(now.laboratory, relation);
}

function begun(laboratory: Laboratory, relation: RelationName): Experiment {
  const job = makeJob(NAME, 0, laboratory.dataset, laboratory.identity, { relation });
  const experiment = newExperiment([job], laboratory);
  experiment.start();
  return experiment;
}
