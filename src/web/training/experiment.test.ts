import { expect, test } from "vitest";
import { smallJob, stripes } from "../../../test/support/jobs.js";
import { newKernels } from "../../../test/support/kernels.js";
import { type FinishedRun, type Job, runJob } from "../../core/index.js";
import { Experiment, type TimedEpoch, type Trainer } from "./experiment.js";
import type { TrainedRun } from "./run.js";

const jobs = [0, 1, 2].map((seed) => smallJob("mlp", { epochs: 3 }, seed));

/** Trains in this thread; `fail` names the seeds whose trainer ends. */
class LocalTrainer implements Trainer {
  ended = false;
  #allowed = 0;
  #permit = () => {};

  constructor(readonly fail: Set<number>) {}

  async train(job: Job, allowed: number, onEpoch: (event: TimedEpoch) => void): Promise<FinishedRun> {
    this.#allowed = allowed;
    const run = runJob(job, { train: stripes, test: stripes }, newKernels(), () => 0);
    let step = run.next();
    for (; !step.done; step = run.next()) {
      if (this.fail.delete(job.seed)) this.end("it was killed");
      await Promise.resolve();
      if (this.ended) throw new Error("it was killed");
      onEpoch({ ...step.value, seconds: step.value.epoch });
      while (step.value.epoch >= this.#allowed && step.value.epoch < job.config.epochs)
        await new Promise<void>((resolve) => {
          this.#permit = resolve;
        });
    }
    return step.value;
  }

  allow(epoch: number): void {
    this.#allowed = epoch;
    this.#permit();
  }

  end(_reason: string): void {
    this.ended = true;
  }
}

function begin({
  fail = [],
  known = new Map(),
  lanes = 2,
}: {
  fail?: number[];
  known?: Map<string, TrainedRun>;
  lanes?: number;
} = {}) {
  const failing = new Set(fail);
  const trained: TrainedRun[] = [];
  const trainers: LocalTrainer[] = [];
  const experiment = new Experiment(
    jobs,
    (id) => known.get(id),
    lanes,
    () => {
      const trainer = new LocalTrainer(failing);
      trainers.push(trainer);
      return trainer;
    },
    (run) => trained.push(run),
  );
  return { experiment, trained, trainers };
}

/** Waits until nothing more happens. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await new Promise((resolve) => setTimeout(resolve));
}

const expected = jobs.map((job) => {
  const run = runJob(job, { train: stripes, test: stripes }, newKernels(), () => 0);
  let step = run.next();
  while (!step.done) step = run.next();
  return step.value.record.weightsSha256;
});

const hashes = ({ runs }: Experiment) => runs.map(({ trained }) => trained?.record.weightsSha256);

test("trains every run to its own bits, whichever lane has it", async () => {
  const { experiment, trained, trainers } = begin();
  expect(experiment.state.value).toBe("ready");
  experiment.start();
  await settle();
  expect(experiment.state.value).toBe("done");
  expect(hashes(experiment)).toEqual(expected);
  expect(trained).toHaveLength(3);
  expect(trainers).toHaveLength(2);
  expect(trainers.every(({ ended }) => ended)).toBe(true);
});

test("takes a run on by an epoch, waits, and comes to the same bits", async () => {
  const { experiment } = begin();
  experiment.step();
  await settle();
  expect(experiment.runs.map(({ epoch }) => epoch)).toEqual([1, 1, 0]);
  experiment.step();
  await settle();
  expect(experiment.runs.map(({ epoch }) => epoch)).toEqual([2, 2, 0]);
  experiment.start();
  experiment.pause();
  await settle();
  expect(experiment.state.value).toBe("paused");
  const before = experiment.runs.map(({ epoch }) => epoch);
  await settle();
  expect(experiment.runs.map(({ epoch }) => epoch)).toEqual(before);
  experiment.start();
  await settle();
  expect(hashes(experiment)).toEqual(expected);
});

test("an experiment can be finished only by steps", async () => {
  const { experiment } = begin({ lanes: 1 });
  for (let step = 0; step < 9; step++) {
    expect(experiment.state.value).not.toBe("done");
    experiment.step();
    await settle();
  }
  expect(experiment.state.value).toBe("done");
  expect(hashes(experiment)).toEqual(expected);
});

test("stopping gives up what is under way and keeps what is done", async () => {
  const { experiment, trainers } = begin({ lanes: 1 });
  for (let step = 0; step < 4; step++) {
    experiment.step();
    await settle();
  }
  experiment.stop();
  await settle();
  expect(experiment.state.value).toBe("ready");
  expect(experiment.runs.map(({ status }) => status)).toEqual(["finished", "waiting", "waiting"]);
  expect(experiment.runs[1]).toMatchObject({ epoch: 0, results: [] });
  expect(trainers[0]?.ended).toBe(true);
  experiment.start();
  await settle();
  expect(hashes(experiment)).toEqual(expected);
});

test("a trainer that ends costs its run, is said, and the others go on; the run can be trained again", async () => {
  const { experiment } = begin({ fail: [0] });
  experiment.start();
  await settle();
  expect(experiment.state.value).toBe("done");
  expect(experiment.runs.map(({ status }) => status)).toEqual(["failed", "finished", "finished"]);
  expect(experiment.runs[0]?.failure).toBe("it was killed");
  experiment.retry();
  expect(experiment.state.value).toBe("running");
  await settle();
  expect(hashes(experiment)).toEqual(expected);
});

test("what was trained before is not trained again", async () => {
  const first = begin();
  first.experiment.start();
  await settle();
  const known = new Map(first.trained.slice(0, 2).map((run) => [run.record.id, run]));
  const second = begin({ known });
  expect(second.experiment.runs.filter(({ status }) => status === "finished")).toHaveLength(2);
  second.experiment.start();
  await settle();
  expect(second.trained).toHaveLength(1);
  expect(hashes(second.experiment)).toEqual(expected);
  const all = begin({ known: new Map(first.trained.map((run) => [run.record.id, run])) });
  expect(all.experiment.state.value).toBe("done");
});
