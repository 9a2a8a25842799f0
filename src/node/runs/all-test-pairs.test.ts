import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sealed, syntheticRuns } from "../../../test/support/stored.js";
import type { FinishedRun } from "../../core/index.js";
import { RunStore } from "./store.js";

const [run, second] = syntheticRuns() as [FinishedRun, FinishedRun];
const { record } = run;
const { id } = record;
const evaluation = { pairs: 5000, testError: 0.0742 };
const NAME = "all-test-pairs.json";

let folder: string;
let store: RunStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-pairs-"));
  store = new RunStore(folder);
  await store.save(run);
  await store.saveEvaluation(record, evaluation);
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const at = (...names: string[]): string => join(folder, ...names);
const kept = () => new RunStore(folder).evaluation(record, 5000);

it("is one small file that says of what it is true, with a digest as run.json has", async () => {
  const text = await readFile(at(id, NAME), "utf8");
  const document = JSON.parse(text);
  expect(document).toEqual({
    id,
    weightsSha256: record.weightsSha256,
    dataset: record.config.dataset.sha256,
    pairs: 5000,
    testError: 0.0742,
    digest: expect.any(String),
  });
  expect(text).toBe(sealed(document));
  expect(await kept()).toEqual(evaluation);
  expect((await readdir(at(id))).sort()).toEqual([NAME, "epochs.jsonl", "run.json", "weights.safetensors"]);
});

it("has the count of yes answers, where it was counted", async () => {
  for (const yes of [0, 2310, 5000]) {
    await store.saveEvaluation(record, { ...evaluation, yes });
    expect(JSON.parse(await readFile(at(id, NAME), "utf8"))).toMatchObject({ pairs: 5000, yes });
    expect(await kept()).toEqual({ ...evaluation, yes });
  }
});

/** 371 of 5,000 pairs, every 13th one from the fourth. */
const wrong = new Uint8Array(625);
for (let pair = 3; pair < 13 * 371; pair += 13) wrong[pair >> 3] = (wrong[pair >> 3] as number) | (1 << (pair % 8));
const judged = { ...evaluation, yes: 2310, wrong };

it("has a bit for each pair that is decided wrong", async () => {
  await store.saveEvaluation(record, judged);
  const text = await readFile(at(id, NAME), "utf8");
  const document = JSON.parse(text);
  expect(document).toMatchObject({ pairs: 5000, testError: 0.0742, yes: 2310 });
  const bytes = Buffer.from(document.wrong, "base64");
  expect(bytes).toHaveLength(625);
  expect(Array.from({ length: 5000 }, (_, pair) => (bytes.readUInt8(pair >> 3) >> (pair % 8)) & 1)).toEqual(
    Array.from({ length: 5000 }, (_, pair) => Number(pair % 13 === 3 && pair < 13 * 371)),
  );
  expect(text).toBe(sealed(document));
  expect(text.length).toBeLessThan(1200);
  expect(await kept()).toEqual(judged);
});

const calibration = { brierScore: 0.0611, logLoss: 0.277, expectedError: { error: 0.035, byChance: 0.0033 } };
const whole = { ...judged, calibration };

it("has what probabilities are worth, beside the verdicts", async () => {
  await store.saveEvaluation(record, whole);
  const text = await readFile(at(id, NAME), "utf8");
  expect(JSON.parse(text)).toMatchObject({ pairs: 5000, calibration });
  expect(text).toBe(sealed(JSON.parse(text)));
  expect(await kept()).toEqual(whole);
});

it.each<[string, unknown]>([
  ["null", null],
  ["a number", 0.1],
  ["without log loss", { ...calibration, logLoss: undefined }],
  ["of a Brier score above 1", { ...calibration, brierScore: 1.5 }],
  ["of a log loss below 0", { ...calibration, logLoss: -0.1 }],
  ["of an infinite log loss", { ...calibration, logLoss: "Infinity" }],
  ["of an error that is no number", { ...calibration, expectedError: { error: "0.1", byChance: 0 } }],
  ["without what chance alone makes", { ...calibration, expectedError: { error: 0.1 } }],
  ["with another field", { ...calibration, bins: 10 }],
])("with a calibration %s is as good as none", async (_, changed) => {
  await store.saveEvaluation(record, whole);
  const document = JSON.parse(await readFile(at(id, NAME), "utf8"));
  await writeFile(at(id, NAME), sealed({ ...document, calibration: changed }));
  expect(await kept()).toBeUndefined();
});

it.each([1, 7, 8, 9, 150])("keeps verdicts on %d pairs", async (pairs) => {
  const all = new Uint8Array(Math.ceil(pairs / 8)).fill(255);
  if (pairs % 8 > 0) all[all.length - 1] = 2 ** (pairs % 8) - 1;
  const everyWrong = { pairs, testError: 1, yes: 0, wrong: all };
  await store.saveEvaluation(record, everyWrong);
  expect(await new RunStore(folder).evaluation(record, pairs)).toEqual(everyWrong);
});

it.each<[string, (bits: Buffer) => string | number]>([
  ["of one byte too few", (bits) => bits.subarray(1).toString("base64")],
  ["of one byte too many", (bits) => Buffer.concat([bits, Buffer.from([0])]).toString("base64")],
  ["that do not come to the error", (bits) => Buffer.from([...bits.subarray(0, 624), 255]).toString("base64")],
  ["in another spelling", (bits) => bits.toString("base64url")],
  ["with a blank", (bits) => ` ${bits.toString("base64")}`],
  ["that are no text", () => 7],
])("with verdicts %s is as good as none", async (_, change) => {
  await store.saveEvaluation(record, judged);
  const document = JSON.parse(await readFile(at(id, NAME), "utf8"));
  await writeFile(at(id, NAME), sealed({ ...document, wrong: change(Buffer.from(wrong)) }));
  expect(await kept()).toBeUndefined();
});

it("with verdicts on pairs that there are not is as good as none", async () => {
  const five = { pairs: 5, testError: 0.2, yes: 0, wrong: Uint8Array.from([1]) };
  await store.saveEvaluation(record, five);
  const document = JSON.parse(await readFile(at(id, NAME), "utf8"));
  await writeFile(at(id, NAME), sealed({ ...document, wrong: Buffer.from([32]).toString("base64") }));
  expect(await new RunStore(folder).evaluation(record, 5)).toBeUndefined();
});

it("is not part of the run: the run is whole with it and without", async () => {
  expect(await store.find(id)).toEqual(run);
  await rm(at(id, NAME));
  expect(await store.find(id)).toEqual(run);
  expect(await kept()).toBeUndefined();
});

it("counts only for these weights, this run, this data and this number of pairs", async () => {
  const others = [
    { ...record, weightsSha256: "a".repeat(64) },
    { ...record, config: { ...record.config, dataset: { name: "MNIST", sha256: "b".repeat(64) } } },
  ];
  for (const other of others) expect(await store.evaluation(other, 5000)).toBeUndefined();
  expect(await store.evaluation(record, 4999)).toBeUndefined();
  await store.save(second);
  await writeFile(at(second.record.id, NAME), await readFile(at(id, NAME)));
  expect(await store.evaluation(second.record, 5000)).toBeUndefined();
});

it.each<[string, (text: string) => string]>([
  ["cut short", (text) => text.slice(0, 150)],
  ["empty", () => ""],
  ["no JSON", () => "weights"],
  ["null", () => "null\n"],
  ["edited", (text) => text.replace("0.0742", "0.0002")],
  ["of an error of 2", (text) => sealed({ ...JSON.parse(text), testError: 2 })],
  ["of an error of −1", (text) => sealed({ ...JSON.parse(text), testError: -1 })],
  ["of an error that is no number", (text) => sealed({ ...JSON.parse(text), testError: "0.1" })],
  ["of more answers than pairs", (text) => sealed({ ...JSON.parse(text), yes: 5001 })],
  ["of −1 answers", (text) => sealed({ ...JSON.parse(text), yes: -1 })],
  ["of half an answer", (text) => sealed({ ...JSON.parse(text), yes: 0.5 })],
  ["of answers that are no number", (text) => sealed({ ...JSON.parse(text), yes: "1" })],
])("that is %s is as good as none", async (_, change) => {
  await writeFile(at(id, NAME), change(await readFile(at(id, NAME), "utf8")));
  expect(await kept()).toBeUndefined();
  await store.saveEvaluation(record, evaluation);
  expect(await kept()).toEqual(evaluation);
});

it("that is not a file counts as missing", async () => {
  await rm(at(id, NAME));
  await mkdir(at(id, NAME));
  expect(await kept()).toBeUndefined();
});

it("goes where the run goes", async () => {
  const aside = await store.setAside(id);
  expect((await readdir(aside)).sort()).toEqual([NAME, "epochs.jsonl", "run.json", "weights.safetensors"]);
  await store.save(run);
  expect(await kept()).toBeUndefined();
  await store.saveEvaluation(record, evaluation);
  await store.remove([id]);
  expect(await readdir(folder)).not.toContain(id);
  await store.save(run);
  await store.saveEvaluation(record, evaluation);
  await writeFile(at(id, "notes.txt"), "mine");
  await store.remove([id]);
  expect(await readdir(at(id))).toEqual(["notes.txt"]);
});

it("is not touched in a store of a newer format", async () => {
  await writeFile(at("store.json"), '{ "format": 2 }');
  const newer = new RunStore(folder);
  await expect(newer.evaluation(record, 5000)).rejects.toThrow("is a run store of format 2");
  await expect(newer.saveEvaluation(record, evaluation)).rejects.toThrow("is a run store of format 2");
});
