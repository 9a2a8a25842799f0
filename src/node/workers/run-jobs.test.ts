import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { syntheticRuns } from "../../../test/support/stored.js";
import { InvalidRequest } from "../../core/errors.js";
import type { FinishedRun, Job } from "../../core/index.js";
import type { Claim } from "../runs/claims.js";
import { RunStore } from "../runs/store.js";
import { type RunJobsOptions, runJobs } from "./run-jobs.js";
import type { JobEvent } from "./trainer.js";

const runs = syntheticRuns(2);
const jobs: Job[] = runs.map(({ record: { id, architecture, seed, config } }) => ({ id, architecture, seed, config }));
const [run, second] = runs as [FinishedRun, FinishedRun];
const [job, secondJob] = jobs as [Job, Job];
const { id } = run.record;

/**
 * A thread that answers each task with the run of that id, after what `code` does with `{ job, checkpoint, checkpointSeconds }`.
 * `say` posts an answer.
 */
function thread(code = ""): Worker {
  const text = `
    const { parentPort, workerData } = require("node:worker_threads");
    const say = (answer) => parentPort.postMessage(answer);
    parentPort.on("message", ({ job, checkpoint, checkpointSeconds }) => {
      ${code}
      say({ finished: workerData.find(({ record }) => record.id === job.id) });
    });`;
  const worker = new Worker(text, { eval: true, workerData: runs });
  threads.push(worker);
  return worker;
}

let folder: string;
let store: RunStore;
let threads: Worker[];
let events: JobEvent[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-jobs-"));
  store = new RunStore(folder);
  threads = [];
  events = [];
});
afterEach(async () => {
  await Promise.all(threads.map((each) => each.terminate()));
  await rm(folder, { recursive: true, force: true });
});

const noImages = { count: 0, height: 28, width: 28, pixels: new Uint8Array(), labels: new Uint8Array() };
/** Of the jobs' images. */
const { dataset: identity } = run.record.config;
const options = (...workers: Worker[]): RunJobsOptions => ({
  dataset: { train: noImages, test: noImages, identity },
  kernels: {} as RunJobsOptions["kernels"],
  store,
  threads: workers,
  signal: new AbortController().signal,
  onEvent: (event) => events.push(event),
});
const happened = (): string[] =>
  events.map((event) => (event.kind === "done" ? `${event.kept ? "kept" : "trained"} ${event.job.id}` : event.kind));
const records = runs.map(({ record }) => record);

describe("jobs", () => {
  it("of other images are refused: they would be kept under names that are not their own", async () => {
    const dataset = { train: noImages, test: noImages, identity: { name: "others", sha256: "f".repeat(64) } };
    await expect(runJobs(jobs, { ...options(thread()), dataset })).rejects.toThrow(
      new InvalidRequest(
        `job ${run.record.id} is of ${identity.name}, whose files differ in SHA-256 from the images given: give those of the job`,
      ),
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it("are trained once each, in any number of threads, and their records come in the jobs' order", async () => {
    expect(await runJobs(jobs, options(thread(), thread(), thread()))).toEqual(records);
    expect(happened().toSorted()).toEqual(jobs.map((each) => `trained ${each.id}`).toSorted());
    expect((await readdir(folder)).sort()).toEqual([...jobs.map((each) => each.id), "claims", "store.json"].sort());
  });

  it("may be run again and again with the same threads; what the store has is not trained again", async () => {
    const workers = [thread(), thread()];
    await runJobs(jobs.slice(0, 3), options(...workers));
    events = [];
    expect(await runJobs(jobs, options(...workers))).toEqual(records);
    expect(happened().filter((what) => what.startsWith("kept"))).toHaveLength(3);
    expect(happened()).toHaveLength(jobs.length);
  });

  it("that fail leave their claims, and the runs that have finished", async () => {
    const failing = thread(`if (job.id === "${secondJob.id}") throw new Error("no room")`);
    await expect(runJobs(jobs, options(failing))).rejects.toThrow(
      /^the thread of run \w+ \(\S+, seed 1\) failed: no room$/,
    );
    expect((await readdir(folder)).sort()).toEqual([id, "claims", "store.json"].sort());
  });

  it("that are aborted leave their claims, with the reason of the abort", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const hanging = thread("return");
    const aborted = runJobs(jobs, { ...options(hanging), signal: controller.signal });
    await vi.waitFor(async () => expect(await readdir(join(folder, "claims"))).not.toEqual([]));
    controller.abort(reason);
    await expect(aborted).rejects.toBe(reason);
    expect(await readdir(join(folder, "claims"))).toEqual([]);
  });
});

describe("damage", () => {
  it("is named and moved away, and the run is trained again", async () => {
    await store.save(run);
    await truncate(join(folder, id, "weights.safetensors"), 10);
    expect(await runJobs([job], options(thread()))).toEqual([run.record]);
    expect(events[0]).toEqual({
      kind: "damaged",
      job,
      damage: `${join(folder, id, "weights.safetensors")} has 10 bytes, not the 1000 that run.json names; moved to ${join(folder, "damaged", `${id}-1`)}`,
    });
    expect(happened()).toEqual(["damaged", `trained ${id}`]);
    expect(await store.find(id)).toEqual(run);
  });

  it("of a checkpoint is named too, and the run starts from its beginning", async () => {
    await store.saveCheckpoint(id, Uint8Array.of(9));
    const refusing = thread(`if (checkpoint) return say({ refused: "checkpoint: of another run" })`);
    expect(await runJobs([job], options(refusing))).toEqual([run.record]);
    expect(events[0]).toMatchObject({
      kind: "damaged",
      damage: `${join(folder, id)}: checkpoint: of another run; moved to ${join(folder, "damaged", `${id}-1`)}`,
    });
    expect(await readFile(join(folder, "damaged", `${id}-1`, "checkpoint.safetensors"))).toEqual(Buffer.of(9));
  });
});

describe("checkpoints", () => {
  it("are kept as they come, and given to the next attempt", async () => {
    const dying = thread(
      `say({ checkpoint: Uint8Array.of(1, job.seed) }); return setTimeout(() => process.exit(), 300)`,
    );
    await expect(runJobs([secondJob], options(dying))).rejects.toThrow(/ended before its run/);
    expect(await store.checkpoint(secondJob.id)).toEqual(Uint8Array.of(1, 1));
    const going = thread(`if (!checkpoint || checkpoint[1] !== 1) throw new Error("from the beginning")`);
    expect(await runJobs([secondJob], options(going))).toEqual([second.record]);
    expect(await store.checkpoint(secondJob.id)).toBeUndefined();
  });

  it("are asked for every two seconds by default", async () => {
    const telling = thread("say({ epoch: { epoch: checkpointSeconds } })");
    await runJobs([job], options(telling));
    await runJobs([secondJob], { ...options(telling), checkpointSeconds: 0 });
    expect(events.flatMap((event) => (event.kind === "epoch" ? [event.epoch.epoch] : []))).toEqual([2, 0]);
  });

  it("that cannot be written end the run with one line", async () => {
    await writeFile(join(folder, "file"), "");
    store = new RunStore(folder);
    store.saveCheckpoint = async () => {
      throw new Error("cannot write checkpoint.safetensors: the disk is full");
    };
    const long = thread("return say({ checkpoint: Uint8Array.of(1) })");
    await expect(runJobs([job], options(long))).rejects.toThrow(
      "cannot write checkpoint.safetensors: the disk is full",
    );
  });
});

describe("runs that others train", () => {
  it("come last, are waited for with one word each, and are not trained when the others have done", async () => {
    const other = new RunStore(folder);
    const claim = (await other.claim(id)) as Claim;
    const all = runJobs(jobs, options(thread(), thread()));
    while (!happened().includes("waiting")) await new Promise((resolve) => setTimeout(resolve, 20));
    // The other thread may still be at the last run that nobody else trains.
    expect(happened().length).toBeGreaterThanOrEqual(jobs.length - 1);
    const waiting = events.find(({ kind }) => kind === "waiting");
    expect(waiting).toMatchObject({ job, holder: { pid: process.pid } });
    await new Promise((resolve) => setTimeout(resolve, 1200));
    await other.save(run);
    await claim.release();
    expect(await all).toEqual(records);
    expect(happened().filter((what) => what === "waiting")).toHaveLength(1);
    expect(happened().at(-1)).toBe(`kept ${id}`);
  });

  it("are taken over when the others give up", async () => {
    const claim = (await new RunStore(folder).claim(id)) as Claim;
    const all = runJobs([job], options(thread()));
    while (!happened().includes("waiting")) await new Promise((resolve) => setTimeout(resolve, 20));
    await claim.release();
    expect(await all).toEqual([run.record]);
    expect(happened()).toEqual(["waiting", `trained ${id}`]);
  });

  it("are trained once if two processes want the same at the same time", async () => {
    const [one, two] = [thread(), thread()];
    const both = await Promise.all([
      runJobs(jobs, options(one)),
      runJobs(jobs, { ...options(two), store: new RunStore(folder) }),
    ]);
    expect(both).toEqual([records, records]);
    const trained = happened().filter((what) => what.startsWith("trained"));
    expect(trained.toSorted()).toEqual(jobs.map((each) => `trained ${each.id}`).toSorted());
  });
});
