import { inMebibytes, type Kernels, MemoryShortage, MOST_MEMORY } from "../../core/engine/kernels.js";
import { InvalidRequest } from "../../core/errors.js";
import { relationOf } from "../../core/training/job.js";
import { type Memory, misfit, type TrainingShape, trainingBytes } from "../../core/training/room.js";
import type { RunPlan } from "./plan-runs.js";

/**
 * Checks that there is memory for each run, and for all runs that are trained at the same time.
 *
 * @param kernels  these get the memory that the largest run needs, if the runtime gives it
 * @throws InvalidRequest with one line: what is needed, what there is, and what would fit
 */
export function checkMemory({ planned, input, machine, atOnce }: RunPlan, kernels: Kernels): void {
  const instance = { there: MOST_MEMORY, owner: "a network can have at most" };
  const least = machine.there < instance.there ? machine : instance;
  const needs = planned.flatMap(({ architecture, config, runs }) => {
    const { network, trainPairs, testPairs } = config;
    try {
      const relation = relationOf(config);
      const bytes = reserve({ network, input, trainPairs, testPairs, settings: config, relation }, kernels, least);
      return Array<number>(Math.min(runs, atOnce)).fill(bytes);
    } catch (error) {
      throw error instanceof InvalidRequest ? new InvalidRequest(`${architecture}: ${error.message}`) : error;
    }
  });
  const largest = needs.sort((a, b) => b - a).slice(0, atOnce);
  let [together, fitting] = [0, 0];
  for (const bytes of largest) {
    together += bytes;
    if (together <= machine.there) fitting++;
  }
  if (fitting < largest.length)
    throw new InvalidRequest(
      `${largest.length} runs at once need ${inMebibytes(together, Math.ceil)} of memory, but ${machine.owner} ${inMebibytes(machine.there)}: use --workers ${fitting}`,
    );
}

/** Makes an instance's memory grow to what a training needs. @returns that many bytes */
function reserve(shape: TrainingShape, kernels: Kernels, memory: Memory): number {
  const bytes = trainingBytes(shape, kernels.base, memory);
  try {
    kernels.reserve(bytes);
    return bytes;
  } catch (error) {
    // Only now is it known what the runtime gives.
    throw error instanceof MemoryShortage ? misfit(shape, kernels.base, error) : error;
  }
}
