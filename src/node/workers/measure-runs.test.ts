import { mkdtemp, readFile, rm, stat, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { stripes } from "../../../test/support/jobs.js";
import { syntheticRuns } from "../../../test/support/stored.js";
import type { FinishedRun, RunRecord } from "../../core/index.js";
import { RunStore } from "../runs/store.js";
import { type MeasuringEvent, measureRuns } from "./measure-runs.js";

const runs = syntheticRuns(2);
const [run] = runs as [FinishedRun];
const records = runs.map(({ record }) => record);
/** Another error for each run: its number in 150 pairs. */
const errorOf = (id: string): number => records.findIndex((record) => record.id === id) / 150;
/** The bits of the first pairs, so many as errors. */
const wrongOf = (errors: number): Uint8Array =>
  Uint8Array.from({ length: 19 }, (_, byte) => 2 ** Math.min(Math.max(errors - 8 * byte, 0), 8) - 1);
const CALIBRATION = { brierScore: 0.25, logLoss: Math.LN2, expectedError: { error: 0.125, byChance: 0.04 } };
const evaluationOf = (id: string) => ({
  pairs: 150,
  testError: errorOf(id),
  wrong: wrongOf(Math.round(150 * errorOf(id))),
  calibration: CALIBRATION,
});
const measured = records.map((record) => ({ ...record, allTestPairs: evaluationOf(record.id) }));

/** A thread that measures each run at its number, after what `code` does with `run`. */
function thread(code = ""): Worker {
  const text = `
    const calibration = ${JSON.stringify(CALIBRATION)};
    const { parentPort, workerData } = require("node:worker_threads");
    parentPort.on("message", ({ run, job }) => {
      ${code}
      if (run.weights.length !== 1000) throw new Error("not the weights");
      const errors = workerData.indexOf(run.record.id);
      const wrong = Uint8Array.from({ length: 19 }, (_, byte) => 2 ** Math.min(Math.max(errors - 8 * byte, 0), 8) - 1);
      parentPort.postMessage({ measured: { pairs: 150, testError: errors / 150, wrong, calibration } });
    });`;
  const worker = new Worker(text, { eval: true, workerData: records.map(({ id }) => id) });
  threads.push(worker);
  return worker;
}

let folder: string;
let store: RunStore;
let threads: Worker[];
let events: MeasuringEvent[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-measure-"));
  store = new RunStore(folder);
  for (const each of runs) await store.save(each);
  threads = [];
  events = [];
});
afterEach(async () => {
  await Promise.all(threads.map((each) => each.terminate()));
  await rm(folder, { recursive: true, force: true });
});

const { dataset: identity } = run.record.config;
const measure = (workers: readonly Worker[], signal = new AbortController().signal, of = records, place = 0) =>
  measureRuns(of, {
    // The pixels of runs that are trained again are not read.
    dataset: { train: { ...stripes, pixels: new Uint8Array() }, test: stripes, identity },
    kernels: {},
    store,
    threads: workers,
    place,
    signal,
    onProgress: (event) => events.push(event),
  });
const fileOf = (id: string): string => join(folder, id, "all-test-pairs.json");

it("measures each run once, in any number of threads, and the store keeps it", async () => {
  expect(await measure([thread(), thread(), thread()])).toEqual(measured);
  expect(events).toEqual(
    records
      .map((_, done) => ({ done, networks: runs.length, pairs: 150 }))
      .concat({ done: runs.length, networks: runs.length, pairs: 150 }),
  );
  events = [];
  expect(await measure([thread("process.exit()")])).toEqual(measured);
  expect(events).toEqual([]);
});

it("measures again only what is not whole", async () => {
  await measure([thread()]);
  await truncate(fileOf(run.record.id), 100);
  events = [];
  expect(await measure([thread()])).toEqual(measured);
  expect(events.at(-1)).toEqual({ done: 1, networks: 1, pairs: 150 });
  expect(JSON.parse(await readFile(fileOf(run.record.id), "utf8"))).toMatchObject({ pairs: 150, testError: 0 });
});

it.each(["wrong", "calibration"] as const)(
  "measures again what an earlier version measured without %s",
  async (lacking) => {
    const { [lacking]: _, ...old } = evaluationOf(run.record.id);
    await store.saveEvaluation(run.record, old);
    expect(await measure([thread()], undefined, [run.record])).toEqual(measured.slice(0, 1));
    expect(events.at(-1)).toEqual({ done: 1, networks: 1, pairs: 150 });
    expect(await store.evaluation(run.record, 150)).toEqual(evaluationOf(run.record.id));
  },
);

it("begins at a place of its own, and leaves out what another process has measured meanwhile", async () => {
  const [first, last] = [records[runs.length / 2], records[runs.length / 2 - 1]] as [RunRecord, RunRecord];
  const find = vi.spyOn(store, "find");
  vi.spyOn(store, "saveEvaluation").mockImplementationOnce(async (record, evaluation) => {
    const other = new RunStore(folder);
    for (const each of records)
      if (each !== first && each !== last) await other.saveEvaluation(each, evaluationOf(each.id));
    await other.saveEvaluation(record, evaluation);
  });
  expect(await measure([thread()], undefined, records, 0.5)).toEqual(measured);
  expect(find.mock.calls).toEqual([[first.id], [last.id]]);
  expect(events.map(({ done }) => done)).toEqual([...records.keys(), runs.length]);
});

it("stops with the reason of an abort, and keeps what was measured before", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const third = records[2]?.id as string;
  const stopping = measure([thread(`if (run.record.id === "${third}") return`)], controller.signal);
  setTimeout(() => controller.abort(reason), 500);
  await expect(stopping).rejects.toBe(reason);
  const kept = await Promise.all(
    records.map(({ id }) =>
      stat(fileOf(id)).then(
        () => true,
        () => false,
      ),
    ),
  );
  expect(kept).toEqual(records.map((_, i) => i < 2));
});

it("fails with the first thread's reason, and the others stop", async () => {
  const [first, second] = records;
  const failing = thread(`if (run.record.id === "${first?.id}") throw new Error("no room")`);
  const hanging = thread(`if (run.record.id === "${second?.id}") return`);
  await expect(measure([failing, hanging])).rejects.toThrow(/^the thread of run \w+ \(\S+, seed \d\) failed: no room$/);
});

it("does not measure runs that were evaluated on validation pairs", async () => {
  const record = { ...run.record, config: { ...run.record.config, evaluateOn: "validation" as const } };
  expect(await measure([thread("process.exit()")], undefined, [record])).toEqual([record]);
});

it("trains a run that is gone again: another process may have moved a damaged one away", async () => {
  await store.remove([run.record.id]);
  const finished = `{ record: ${JSON.stringify(run.record)}, weights: new Uint8Array(${JSON.stringify([...run.weights])}) }`;
  const worker = thread(`if (job) return parentPort.postMessage({ finished: ${finished} });`);
  expect(await measure([worker], undefined, [run.record])).toEqual([measured[0]]);
  expect(await store.find(run.record.id)).toEqual(run);
});
