// A thread of groups: it runs each job that it is given as one of several, and says what came of it.
import { parentPort } from "node:worker_threads";
import { Kernels, runJob, ThreadGroup } from "pairlab";
import { loadKernels } from "pairlab/node";

parentPort.on("message", ({ job, images, rank, size, memory, checkpoint }) => {
  const group = new ThreadGroup(rank, size, memory);
  const kernels = new Kernels(loadKernels(job.config.engine.simd));
  const run = runJob(job, images, kernels, () => 0, checkpoint, undefined, group);
  let step = run.next();
  let kept;
  for (; !step.done; step = run.next()) kept ??= step.value.checkpoint();
  parentPort.postMessage({ ...step.value, kept, bytes: group.bytes, share: group.isDivided ? group.own.count : 0 });
});
