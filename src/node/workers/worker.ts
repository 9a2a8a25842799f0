/** What a worker thread runs. */
import { parentPort } from "node:worker_threads";
import { type KernelModule, Kernels, MemoryShortage } from "../../core/engine/kernels.js";
import { ThreadGroup } from "../../core/engine/thread-group.js";
import { yardstick } from "../../core/engine/yardstick.js";
import { InvalidRequest } from "../../core/errors.js";
import { evaluateRun } from "../../core/inspection/evaluate-run.js";
import { measureRun } from "../../core/inspection/index.js";
import type { Job } from "../../core/training/job.js";
import { type FinishedRun, runJob } from "../../core/training/run.js";
import type { ProcessorClock } from "../../core/training/run-times.js";
import { takeSets } from "./passed-images.js";
import { checkMemory } from "./size-runs.js";
import { threadTime } from "./thread-time.js";
import type { Answer, AnswersMeasured, AnyTask, Helped, Measurement, Passed, Refusal, Sized, Task } from "./threads.js";

/** One instance for each build, whose memory one run leaves to the next. */
const instances = new Map<string, Kernels>();

/** The most of its time that goes into checkpoints: if one takes long, the next one waits longer. */
const MOST_SHARE = 0.005;

/** Carries out one task after the other. The sender waits for the end of each. */
parentPort?.on("message", (task: Passed<AnyTask>) => {
  try {
    carryOut(taken(task));
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    // A checkpoint does not cause a lack of memory.
    const ofCheckpoint = "job" in task && task.checkpoint && !(error instanceof MemoryShortage);
    answer(ofCheckpoint ? { refused: error.message } : { invalid: error.message });
  }
});

function taken(task: Passed<AnyTask>): AnyTask {
  if (!("images" in task)) return task;
  return { ...task, images: takeSets(task.images) };
}

function carryOut(task: AnyTask): void {
  if ("toMeasure" in task) {
    const { run, toMeasure, options, kernels } = task;
    answer({ measures: measureRun(run, toMeasure, instanceOf(run.record, kernels), options) });
  } else if ("run" in task) {
    const { run, images, kernels } = task;
    answer({ measured: evaluateRun(run, images, instanceOf(run.record, kernels)) });
  } else if ("plan" in task) {
    const { plan, kernels } = task;
    const [first] = plan.planned;
    if (first) checkMemory(plan, instanceOf(first, kernels));
    answer({ fits: true });
  } else if (task.group && task.group.rank > 0) {
    const { processorSeconds } = train(task).record;
    answer({ helped: true, ...(processorSeconds !== undefined && { processorSeconds }) });
  } else {
    answer({ finished: train(task, answer) });
  }
}

function instanceOf({ config }: Pick<Job, "config">, module: KernelModule): Kernels {
  const build = config.engine.kernels;
  const kernels = instances.get(build) ?? new Kernels(module);
  instances.set(build, kernels);
  return kernels;
}

/** @param say  if given, it gets each epoch, and now and then a checkpoint */
function train(task: Task, say?: typeof answer): FinishedRun {
  const { job, images, kernels: module, checkpoint, checkpointSeconds, startingWeights, group: place } = task;
  const group = place && new ThreadGroup(place.rank, place.size, place.memory);
  const kernels = instanceOf(job, module);
  let reported = performance.now();
  let pause = checkpointSeconds * 1000;
  const given = [checkpoint, startingWeights, group, processorClock(job, module)] as const;
  const run = runJob(job, images, kernels, () => performance.now(), ...given);
  let step = run.next();
  for (; !step.done; step = run.next()) {
    if (!say) continue;
    const { epoch, result } = step.value;
    say({ epoch: { epoch, ...(result && { result }) } });
    if (epoch === job.config.epochs || performance.now() - reported < pause) continue;
    const asked = performance.now();
    const state = step.value.checkpoint();
    say({ checkpoint: state }, [state.buffer]);
    reported = performance.now();
    if (checkpointSeconds > 0) pause = Math.max(checkpointSeconds * 1000, (reported - asked) / MOST_SHARE);
  }
  return step.value;
}

/** Measuring takes 1 to 3 ms: it is done so often. */
const YARDSTICK_PAUSE = 1000;

const yardsticks = new Map<string, () => number>();

/** What tells this thread's processor time, where the system does. */
function processorClock({ config }: Pick<Job, "config">, module: KernelModule): ProcessorClock | undefined {
  const now = threadTime();
  if (!now) return undefined;
  const build = config.engine.kernels;
  const measure = yardsticks.get(build) ?? least(yardstick(new Kernels(module), () => performance.now()));
  yardsticks.set(build, measure);
  return { now, yardstick: measure };
}

/** The least of all measurements so far: the machine's own speed, without other work that slows a moment. */
function least(measure: () => number): () => number {
  let [value, at] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return () => {
    const now = performance.now();
    if (now - at > YARDSTICK_PAUSE) [value, at] = [Math.min(value, measure()), now];
    return value;
  };
}

function answer(
  message: Answer | Measurement | AnswersMeasured | Helped | Sized | Refusal,
  transferred: readonly ArrayBuffer[] = [],
): void {
  parentPort?.postMessage(message, transferred);
}
