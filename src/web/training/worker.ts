import {
  type FinishedRun,
  type GroupSize,
  groupSize,
  type InputSpec,
  type Job,
  type KernelModule,
  Kernels,
  runJob,
  ThreadGroup,
} from "../../core/index.js";
import { type PostedPairs, received } from "../images/posted-pairs.js";
import { Transferred } from "../workers/protocol.js";
import type { TimedEpoch } from "./experiment.js";

/** The place of a worker among those that train a run together, and the memory that they share. */
export interface GroupPlace {
  readonly rank: number;
  readonly size: number;
  readonly memory: SharedArrayBuffer;
}

/** A training that a worker is to help with. */
export interface Help {
  readonly job: Job;
  readonly pairs: PostedPairs;
  readonly kernels: KernelModule;
  readonly group?: GroupPlace;
}

/** A training that a worker is asked for. */
export interface Task extends Help {
  /** The last epoch that it may train, until `allow` sets another. */
  readonly allowed: number;
}

/** One instance, whose memory is reused from run to run. */
let kernels: Kernels | undefined;

let allowed = 0;
let permit = () => {};

const channel = new MessageChannel();
channel.port1.start();

/** Lets messages in between two epochs. A timer would cost 4 ms. */
const turn = () =>
  new Promise((resolve) => {
    channel.port1.onmessage = resolve;
    channel.port2.postMessage(undefined);
  });

/** A clock that stands still while training waits. */
const clock = { waited: 0, now: () => performance.now() - clock.waited };

async function permission(epoch: number): Promise<void> {
  await turn();
  const began = performance.now();
  while (epoch >= allowed)
    await new Promise<void>((resolve) => {
      permit = resolve;
    });
  clock.waited += performance.now() - began;
}

function begun({ job, pairs, kernels: module, group: place }: Help) {
  kernels ??= new Kernels(module);
  const group = place && new ThreadGroup(place.rank, place.size, place.memory);
  return runJob(job, received(pairs, job.config), kernels, clock.now, undefined, undefined, group);
}

export const methods = {
  /** How many workers a run gains from. It takes the engine, which the page's own script does without. */
  groupSize({ job, input, cores }: { job: Job; input: InputSpec; cores: number }): GroupSize | undefined {
    return groupSize(job, input, cores);
  },

  /** Trains as one of several, until the run is done. */
  help(task: Help): void {
    const run = begun(task);
    while (!run.next().done);
  },

  async train(task: Task, report: (event: TimedEpoch) => void): Promise<Transferred<FinishedRun>> {
    allowed = task.allowed;
    const began = clock.now();
    const run = begun(task);
    let step = run.next();
    for (; !step.done; step = run.next()) {
      const { epoch, result } = step.value;
      report({ epoch, ...(result && { result }), seconds: (clock.now() - began) / 1000 });
      // After the last epoch, the run may always end.
      if (epoch < task.job.config.epochs) await permission(epoch);
    }
    return new Transferred(step.value, [step.value.weights.buffer]);
  },

  /** Sets the last epoch that the run may train. With 0 it waits after the present one. */
  allow(epoch: number): void {
    allowed = epoch;
    permit();
  },
};

export type TrainingMethods = typeof methods;
