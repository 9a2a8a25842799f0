import { parentPort } from "node:worker_threads";
import { Kernels } from "../../core/engine/kernels.js";
import { runJob } from "../../core/training/run.js";
import type { Answer, Task } from "./threads.js";

/** One instance for each build, whose memory one run leaves to the next. */
const instances = new Map<string, Kernels>();

/** Carries out one task after the other. Whoever posts them waits for each one's end. */
parentPort?.on("message", ({ job, images, kernels: module }: Task) => {
  const build = job.config.engine.kernels;
  const kernels = instances.get(build) ?? new Kernels(module);
  instances.set(build, kernels);
  const run = runJob(job, images, kernels, () => performance.now());
  let step = run.next();
  for (; !step.done; step = run.next()) answer({ epoch: step.value });
  answer({ finished: step.value });
});

function answer(message: Answer): void {
  parentPort?.postMessage(message);
}
