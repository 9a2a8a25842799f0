import { signal } from "@preact/signals";
import { makeJob } from "../../core/index.js";
import type { Experiment } from "../training/experiment.js";
import type { TrainedRun } from "../training/run.js";
import { newExperiment } from "./experiment.js";
import { type Laboratory, site } from "./site.js";
import { trained } from "./trained.js";

/** The network that trains fastest, so that a first visitor gets an answer soon. */
const NAME = "quick";

export const firstNetwork = signal<Experiment | undefined>(undefined);

const isUsable = ({ record }: TrainedRun): boolean => !record.diverged;

/** Trains a small network, once, if the site is ready and no trained network can answer yet. */
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
