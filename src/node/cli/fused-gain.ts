import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InvalidRequest } from "../../core/errors.js";
import { type ImageSets, type Job, type KernelModule, Kernels, median, pairsOfJob } from "../../core/index.js";
import { trainingSteps } from "../../core/training/train.js";
import { cacheFolder } from "../data/pictures/cache.js";
import { makeFolder } from "../files.js";
import { loadKernels } from "../kernels.js";

/** Steps that fill caches and let the runtime compile, of each build. */
const WARM = 3;
/** Of each build: time for the median, and steps. */
const MOST_MS = 200;
/** Where a step takes longer, measuring would keep somebody waiting. */
const MOST_STEP_MS = 150;
const [LEAST_STEPS, MOST_STEPS] = [3, 40] as const;

/**
 * How many times as fast as `base` the fused build trains a job's network here: the ratio of a step's median times. The builds take turns.
 *
 * @param fused  loads the fused build
 * @returns undefined where the fused build does not run here, there is no memory for it, or a step takes over 0.15 s
 */
export function fusedGain(
  job: Job,
  images: ImageSets,
  base: KernelModule,
  fused: () => KernelModule = () => loadKernels("fused"),
): number | undefined {
  try {
    const pairs = pairsOfJob(job, images);
    const { network } = job.config;
    // More epochs than there is time for.
    const settings = { ...job.config, epochs: MOST_STEPS + WARM, evaluate: "end" } as const;
    const builds = [base, fused()].map((kernels) => {
      const steps = trainingSteps(new Kernels(kernels), network, pairs, job.seed, settings);
      return { steps, times: [] as number[] };
    });
    const began = performance.now();
    for (let step = -WARM; step < MOST_STEPS; step++) {
      if (step >= LEAST_STEPS && performance.now() - began > 2 * MOST_MS) break;
      for (const { steps, times } of builds) {
        const milliseconds = timeOfStep(steps);
        if (milliseconds > MOST_STEP_MS) return undefined;
        if (step >= 0) times.push(milliseconds);
      }
    }
    const [ofBase, ofFused] = builds.map(({ times }) => median(times)) as [number, number];
    return ofBase / ofFused;
  } catch (error) {
    if (error instanceof InvalidRequest) return undefined;
    throw error;
  }
}

/** Milliseconds of the next step of the optimizer, beside which an epoch's end has a turn of its own. */
function timeOfStep(steps: ReturnType<typeof trainingSteps>): number {
  for (;;) {
    const started = performance.now();
    const { value, done } = steps.next();
    if (done) throw new InvalidRequest("the training has ended");
    if (value === undefined) return performance.now() - started;
  }
}

/** In the folder of caches, once it was said. */
const saidFile = (): string => join(cacheFolder(), "said-fused");

export const wasSaid = (): boolean => existsSync(saidFile());

/** @returns whether this is the first who says it on this machine; false too where that cannot be kept */
export async function isFirst(): Promise<boolean> {
  try {
    await makeFolder(cacheFolder());
    await writeFile(saidFile(), "", { flag: "wx" });
    return true;
  } catch {
    return false;
  }
}
