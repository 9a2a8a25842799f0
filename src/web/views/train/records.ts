import type { RunRecord } from "../../../core/index.js";
import type { Experiment } from "../../training/experiment.js";
import type { Run } from "../../training/run.js";

/** The names of an experiment's networks, in its order. */
export const networksOf = ({ runs }: Pick<Experiment, "runs">): string[] => [
  ...new Set(runs.map(({ job }) => job.architecture)),
];

export const recordsOf = (runs: readonly Run[]): RunRecord[] =>
  runs.flatMap(({ trained }) => (trained ? [trained.record] : []));
