/** A process that wants all runs of a synthetic store, which are there. It prints, as JSON, what that took. */
import type { Worker } from "node:worker_threads";
import { type JobEvent, loadDataset, loadKernels, RunStore, runJobs, startThreads } from "pairlab/node";
import { DATASET, SHAPES, syntheticJob } from "./synthetic-runs.js";

export interface Kept {
  /** Milliseconds by the clock, and of the processor. */
  readonly ms: number;
  readonly processorMs: number;
}

const [folder = "", runs = "", wanted = ""] = process.argv.slice(2);
const shape = SHAPES.find((each) => each === wanted);
if (!shape) throw new Error(`"${wanted}" is none of ${SHAPES.join(", ")}`);
const jobs = Array.from({ length: Number(runs) }, (_, index) => syntheticJob(index, shape));
const { train, test } = await loadDataset();
const [thread] = startThreads(1) as [Worker];
// As of images that were not read: which ones a run trained on is not kept.
const dataset = { train: { ...train, pixels: new Uint8Array() }, test, identity: DATASET };
const { signal } = new AbortController();
const onEvent = (event: JobEvent) => {
  if (event.kind !== "done" || !event.kept) throw new Error(`a run is not kept from before: ${JSON.stringify(event)}`);
};
const kernels = loadKernels();
const [began, before] = [performance.now(), process.cpuUsage()];
await runJobs(jobs, { dataset, kernels, store: new RunStore(folder), threads: [thread], signal, onEvent });
const { user, system } = process.cpuUsage(before);
const kept: Kept = { ms: performance.now() - began, processorMs: (user + system) / 1000 };
console.log(JSON.stringify(kept));
await thread.terminate();
