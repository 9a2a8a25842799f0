import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { augmentations } from "../../src/core/data/augmentation.js";
import { inputOf } from "../../src/core/data/index.js";
import { stopGroup, ThreadGroup } from "../../src/core/engine/thread-group.js";
import { groupSize } from "../../src/core/training/group-size.js";
import type { FinishedRun, Job, SettingOverrides } from "../../src/core/training/index.js";
import { makeJob, runJob } from "../../src/core/training/index.js";
import { loadKernels } from "../../src/node/kernels.js";
import { finish, smallJob, stripes } from "../support/jobs.js";
import { newKernels } from "../support/kernels.js";

const images = { train: stripes, test: stripes };
const ROOM = 64 * 2 ** 20;

interface Member extends FinishedRun {
  readonly kept: Uint8Array;
  /** The images of the last batch that were this thread's, if it was divided. */
  readonly share: number;
}

/** They serve all groups: starting them takes longer than most trainings. */
let threads: readonly Worker[];
beforeAll(() => {
  threads = Array.from({ length: 5 }, () => new Worker(new URL("./member.js", import.meta.url)));
});
afterAll(() => Promise.all(threads.map((thread) => thread.terminate())));

/** What each thread of a group makes of a job. */
function inGroup(
  job: Job,
  size: number,
  checkpoint?: Uint8Array,
  memory = new SharedArrayBuffer(ROOM),
): Promise<Member[]> {
  const member = async (thread: Worker, rank: number): Promise<Member> => {
    thread.postMessage({ job, images, rank, size, memory, checkpoint });
    try {
      const [made] = (await once(thread, "message")) as [Member];
      return made;
    } catch (error) {
      stopGroup(memory);
      throw error;
    }
  };
  return Promise.all(threads.slice(0, size).map(member));
}

const alone = (job: Job): FinishedRun => finish(runJob(job, images, newKernels(), () => 0));

/** Together they have every way to divide a sum, and what is not divided. */
const JOBS: readonly [threads: number, architecture: string, settings: SettingOverrides][] = [
  [2, "best", {}],
  [2, "best", { augmentation: { ...augmentations.mild, noise: 0.1 }, pairing: "drawn", views: "none" }],
  [2, "best-ensemble", { members: 2, trainPairs: 36, testPairs: 20 }],
  [2, "best-learned", { partners: 5 }],
  [2, "weight-sharing", {}],
  [2, "weight-sharing-auxiliary", { augmentation: augmentations.mild }],
  [3, "one-by-one", { optimizer: "muon", learningRate: 0.01 }],
  [2, "simple-cnn", {}],
  [2, "trunk+auxiliary", {}],
  [2, "lenet-5", { weightAverage: 0.9, clipNorm: 1 }],
  [3, "resnet", {}],
  [2, "resnet-sharing-auxiliary", { evaluate: "end" }],
  [2, "matching", {}],
  [2, "ranking", {}],
  [2, "mlp", {}],
];
const SETTINGS = { epochs: 1, batchSize: 36, trainPairs: 61, testPairs: 40 };
const jobOf = (name: string, settings: SettingOverrides) => smallJob(name, { ...SETTINGS, ...settings });

describe("threads that train together get the bits of one, in each thread", () => {
  it.each(JOBS)("%i: %s %j", async (size, name, settings) => {
    const job = jobOf(name, settings);
    const due = alone(job);
    for (const { record, weights } of await inGroup(job, size)) {
      expect(record).toEqual(due.record);
      expect(weights).toEqual(due.weights);
    }
  });

  it("where a batch has too few images for some of them", async () => {
    const job = jobOf("best", { batchSize: 9 });
    const due = alone(job);
    for (const { record } of await inGroup(job, 5)) expect(record).toEqual(due.record);
  });

  it("from a checkpoint of one, and to a checkpoint for one", async () => {
    const job = jobOf("resnet-sharing", { epochs: 2 });
    const due = alone(job);
    const [{ kept }] = (await inGroup(job, 2)) as [Member];
    expect(finish(runJob(job, images, newKernels(), () => 0, kept)).record).toEqual(due.record);
    const first = runJob(job, images, newKernels(), () => 0).next();
    if (first.done) throw new Error("the run has ended");
    for (const { record } of await inGroup(job, 2, first.value.checkpoint())) expect(record).toEqual(due.record);
  });

  it("fused, too", async () => {
    const { seed, config } = jobOf("best", {});
    const engine = { ...config.engine, simd: "fused" } as const;
    const job = makeJob("best", seed, { ...config.dataset, shape: inputOf(stripes) }, engine, SETTINGS);
    const due = finish(runJob(job, images, loadKernels("fused"), () => 0));
    for (const { record } of await inGroup(job, 2)) expect(record).toEqual(due.record);
  });
});

it("each thread has its part of a batch", async () => {
  const job = jobOf("best", { trainPairs: 36, testPairs: 36 });
  expect((await inGroup(job, 2)).map(({ share }) => share)).toEqual([32, 40]);
});

it("memory of another training is refused, and so are places that no thread has", async () => {
  const job = jobOf("best", {});
  const memory = new SharedArrayBuffer(ROOM);
  await inGroup(job, 2, undefined, memory);
  for (const rank of [0, 1])
    expect(() => new ThreadGroup(rank, 2, memory)).toThrow("served another training: give each training new memory");
  expect(() => new ThreadGroup(2, 2)).toThrow("rank must be a whole number from 0 to 1, not 2");
  expect(() => new ThreadGroup(0, 17)).toThrow("size must be a whole number from 1 to 16, not 17");
  expect(() => groupSize(job, inputOf(stripes), 2.5)).toThrow("most must be");
});

it("a thread stops when its group is stopped", () => {
  const memory = new SharedArrayBuffer(ROOM);
  stopGroup(memory);
  const run = runJob(
    jobOf("best", {}),
    images,
    newKernels(),
    () => 0,
    undefined,
    undefined,
    new ThreadGroup(0, 2, memory),
  );
  expect(() => run.next()).toThrow("the other threads of this training have stopped");
});

describe("how many threads a run gains from", () => {
  const sizeOf = (name: string, most: number, settings: SettingOverrides = {}) =>
    groupSize(jobOf(name, { batchSize: 50, trainPairs: 1000, ...settings }), inputOf(stripes), most);

  it("as many as there are, or as divide its batches", () => {
    expect(sizeOf("best", 2)?.threads).toBe(2);
    expect(sizeOf("resnet", 3)?.threads).toBe(3);
    expect(sizeOf("best", 64)?.threads).toBe(6);
  });

  it("none where it is small, its linear layers have most of the work, or there is but one core", () => {
    expect(sizeOf("quick", 8)).toBeUndefined();
    expect(sizeOf("mlp", 8, { batchSize: 1000 })).toBeUndefined();
    expect(sizeOf("best", 1)).toBeUndefined();
    expect(sizeOf("best", 8, { batchSize: 4 })).toBeUndefined();
  });

  it("and that they share the memory that it says", () => {
    const job = jobOf("resnet", { batchSize: 50, trainPairs: 100 });
    const bytes = groupSize(job, inputOf(stripes), 2)?.bytes as number;
    const begun = (there: number) => {
      const memory = new SharedArrayBuffer(there);
      stopGroup(memory);
      return () =>
        runJob(job, images, newKernels(), () => 0, undefined, undefined, new ThreadGroup(0, 2, memory)).next();
    };
    expect(begun(bytes - 64)).toThrow(/^a group's memory has \d+ bytes, too few for this training/);
    expect(begun(bytes)).toThrow("the other threads of this training have stopped");
  });
});
