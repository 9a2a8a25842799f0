import { parentPort } from "node:worker_threads";
import { runJob } from "../../core/training/run.js";
import type { Answer, Task } from "./threads.js";

/** Carries out one task after the other. Whoever posts them waits for each one's end. */
parentPort?.on("message", ({ job, images, kernels }: Task) => {
  const run = runJob(job, images, kernels, () => performance.now());
  let step = run.next();
  for (; !step.done; step = run.next()) answer({ epoch: step.value });
  answer({ finished: step.value });
});

function answer(message: Answer): void {
  parentPort?.postMessage(message);
}
