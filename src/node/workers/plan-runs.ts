import type { InputSpec } from "../../core/network/index.js";
import type { Job } from "../../core/training/job.js";
import type { Memory } from "../../core/training/room.js";

/** Runs of one configuration. */
export interface PlannedRuns extends Pick<Job, "architecture" | "config"> {
  readonly runs: number;
}

/** What is trained, and how many at once: enough to know whether there is memory for it. */
export interface RunPlan {
  readonly planned: readonly PlannedRuns[];
  readonly input: InputSpec;
  readonly machine: Memory;
  /** Runs that are trained at the same time, at most. */
  readonly atOnce: number;
}

/** Jobs by their configurations. */
export function plannedRuns(jobs: readonly Job[]): PlannedRuns[] {
  const planned = new Map<string, PlannedRuns>();
  for (const { architecture, config } of jobs) {
    const key = JSON.stringify([architecture, config]);
    planned.set(key, { architecture, config, runs: (planned.get(key)?.runs ?? 0) + 1 });
  }
  return [...planned.values()];
}
