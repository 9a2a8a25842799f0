import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type FinishedRun, InvalidRequest, type Job } from "../../src/core/index.js";
import { type RunJobsOptions, RunStore, runJobs } from "../../src/node/index.js";
import { syntheticRuns } from "../support/stored.js";

/** The bits of an opening's flags that are 0 where a file is only read: O_WRONLY is 1, O_RDWR 2. */
const ACCESS = 3;

/** What every change of a file fails with, as in a store of another user, or one that may only be read. */
let failure: string | undefined;
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  const failing = <Change extends (...how: never[]) => Promise<unknown>>(
    change: Change,
    isChange = (_: unknown) => true,
  ) =>
    ((...how: Parameters<Change>) =>
      failure && isChange(how[1])
        ? Promise.reject(Object.assign(new Error(`${failure}: as the test wants`), { code: failure }))
        : change(...how)) as unknown as Change;
  return {
    ...real,
    open: failing(real.open, (flags) => (typeof flags === "number" ? (flags & ACCESS) !== 0 : flags !== "r")),
    ...Object.fromEntries(
      (["utimes", "rm", "unlink", "rmdir", "mkdir", "rename", "writeFile"] as const).map((name) => [
        name,
        failing(real[name] as () => Promise<unknown>),
      ]),
    ),
  };
});

const [run, missing] = syntheticRuns() as [FinishedRun, FinishedRun];
const jobOf = ({ record: { id, architecture, seed, config } }: FinishedRun): Job => ({
  id,
  architecture,
  seed,
  config,
});

/** It is given nothing to do. */
let idle: Worker;
beforeAll(() => {
  idle = new Worker("require('node:worker_threads').parentPort.on('message', () => {})", { eval: true });
});
afterAll(() => idle.terminate());

let folder: string;
let store: RunStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-forbidden-"));
  store = new RunStore(folder);
  await store.save(run);
});
afterEach(async () => {
  failure = undefined;
  await rm(folder, { recursive: true });
});

const options = (): RunJobsOptions => ({
  dataset: { train: {}, test: {}, identity: run.record.config.dataset } as RunJobsOptions["dataset"],
  kernels: {} as RunJobsOptions["kernels"],
  store,
  threads: [idle],
  signal: new AbortController().signal,
  onEvent: () => {},
});

describe.each(["EROFS", "EACCES", "EPERM"])("where nothing may be changed (%s)", (code) => {
  it("runs that are finished are found, used and listed; what is left beside them stays", async () => {
    await store.saveCheckpoint(run.record.id, Uint8Array.of(1));
    failure = code;
    expect(await runJobs([jobOf(run)], options())).toEqual([run.record]);
    expect(await store.resolve("latest")).toEqual(run);
    expect((await store.records()).records).toHaveLength(1);
    expect(await store.training()).toEqual([]);
    expect(await readdir(join(folder, run.record.id))).toContain("checkpoint.safetensors");
  });

  it("how a network does on all test pairs is not kept, and nothing else is lost", async () => {
    failure = code;
    await store.saveEvaluation(run.record, { pairs: 3, testError: 0 });
    expect(await store.evaluation(run.record, 3)).toBeUndefined();
  });

  it("what would be trained is refused in one line, before it is", async () => {
    failure = code;
    const error = await runJobs([jobOf(run), jobOf(missing)], options()).catch((reason) => reason);
    expect(error).toBeInstanceOf(InvalidRequest);
    expect(error.message).toMatch(
      /^cannot write in \S+: (permission denied|the file system is read-only); name a folder/,
    );
    expect((await readdir(folder)).sort()).toEqual([run.record.id, "store.json"].sort());
  });
});

it("a run whose folder is another user's is refused before it is trained", async () => {
  await store.saveCheckpoint(missing.record.id, Uint8Array.of(1));
  await store.checkRunWritable(missing.record.id);
  await store.checkRunWritable("0".repeat(16));
  failure = "EACCES";
  await expect(store.checkRunWritable(missing.record.id)).rejects.toThrow(/^cannot write in \S+: permission denied/);
});

it("a full disk has no room for a claim, and runs can be removed from it", async () => {
  failure = "ENOSPC";
  await expect(store.claim(run.record.id)).rejects.toThrow(/the disk is full$/);
  failure = undefined;
  const claim = vi.spyOn(store, "claim").mockRejectedValueOnce(new Error("cannot claim: the disk is full"));
  await store.remove([run.record.id]);
  expect(claim).toHaveBeenCalledOnce();
  await expect(stat(join(folder, run.record.id))).rejects.toThrow("ENOENT");
});
