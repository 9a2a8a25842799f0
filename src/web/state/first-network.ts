import { signal } from "@preact/signals";
import { makeJob } from "../../core/index.js";
import type { Experiment } from "../training/experiment.js";
import type { TrainedRun } from "../training/run.js";
import { newExperiment } from "./experiment.js";
import { type Laboratory, site } from "./site.js";
import { trained } from "./trained.js";

/** The network that trains fastest: a first visitor should not have to wait for an answer. */
const NAME = "quick";

export const firstNetwork = signal<Experiment | undefined>(undefined);

const isUsable = ({ record }: TrainedRun): boolean => !record.diverged;

/** Trains one small network, once, where nothing is trained yet that answers and all is there that it takes. */
export function trainFirstNetwork(): void {
  const now = site.value;
  if (now.state !== "ready" || [...trained.value.values()].some(isUsable) || firstNetwork.peek()) return;
  firstNetwork.value = begun(now.laboratory);
}

function begun(laboratory: Laboratory): Experiment {
  const experiment = newExperiment([makeJob(NAME, 0, laboratory.dataset, laboratory.identity)], laboratory);
  experiment.start();
  return experiment;
}
