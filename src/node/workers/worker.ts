import { parentPort, workerData } from "node:worker_threads";
import { type EpochEvent, type FinishedRun, type Job, type KernelModule, runJob } from "../../core/index.js";
import type { Dataset } from "../data/dataset.js";
import { loadKernels, type Simd } from "../kernels.js";

/** What every job of a pool's threads needs; the images lie in shared memory. */
export type WorkerSetup = Pick<Dataset, "train" | "test">;

/** Posted after each epoch. */
export interface ProgressMessage extends EpochEvent {
  readonly jobId: string;
}

const compiled = new Map<Simd, KernelModule>();

/** Carries out one job in this thread. */
export default function work(job: Job): FinishedRun {
  const { simd } = job.config.engine;
  const kernels = compiled.get(simd) ?? loadKernels(simd);
  compiled.set(simd, kernels);
  const run = runJob(job, workerData as WorkerSetup, kernels, () => performance.now());
  let step = run.next();
  for (; !step.done; step = run.next())
    parentPort?.postMessage({ jobId: job.id, ...step.value } satisfies ProgressMessage);
  return step.value;
}
