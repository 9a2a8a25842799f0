import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { placeUnmarked, sealed, sha256, syntheticRuns } from "../../../test/support/stored.js";
import { type EpochResult, type FinishedRun, InvalidRequest } from "../../core/index.js";
import { RunStore } from "./store.js";

let folder: string;
let store: RunStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-runs-"));
  store = new RunStore(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const runs = syntheticRuns();
const [run, second] = runs as [FinishedRun, FinishedRun];
const { id } = run.record;
const at = (...names: string[]): string => join(folder, ...names);

/** The one line that a promise is refused with. */
async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(InvalidRequest);
  expect(error.message).not.toContain("\n");
  return error.message;
}

describe("a run that was saved", () => {
  it("is found as it was, record and weights, whatever its architecture", async () => {
    for (const each of runs) {
      expect(await store.save(each)).toEqual(each.record);
      expect(await store.find(each.record.id)).toEqual(each);
    }
  });

  it("is in files that sha256sum and head check", async () => {
    await store.save(run);
    expect((await readdir(folder)).sort()).toEqual([id, "store.json"].sort());
    expect((await readdir(at(id))).sort()).toEqual(["epochs.jsonl", "run.json", "weights.safetensors"]);
    expect(JSON.parse(await readFile(at("store.json"), "utf8"))).toEqual({ format: 1 });
    const text = await readFile(at(id, "run.json"), "utf8");
    const { files, digest, ...record } = JSON.parse(text);
    const { epochs, ...rest } = run.record;
    expect(record).toEqual({ ...rest, finite: true });
    expect(digest).toBe(sha256(text.split("\n").slice(0, -3).join("\n").concat("\n")));
    for (const name of ["epochs.jsonl", "weights.safetensors"]) {
      const bytes = await readFile(at(id, name));
      expect(files[name]).toEqual({ bytes: bytes.length, sha256: sha256(bytes) });
    }
    const lines = (await readFile(at(id, "epochs.jsonl"), "utf8")).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(epochs);
  });

  it("may have diverged, with errors that are null and no epoch", async () => {
    const lost = {
      trainError: Number.NaN,
      testError: Number.NaN,
      diverged: { epoch: 1, step: 7, what: "loss" },
    } as const;
    const diverged = { ...run, record: { ...run.record, ...lost, epochs: [] } };
    await store.save(diverged);
    expect(await store.find(id)).toEqual(diverged);
    expect((await store.records()).records).toMatchObject([lost]);
    expect(await store.epochs(id)).toEqual([]);
    const { trainError, testError, diverged: where } = JSON.parse(await readFile(at(id, "run.json"), "utf8"));
    expect({ trainError, testError, where }).toEqual({ trainError: null, testError: null, where: lost.diverged });
    expect(await readFile(at(id, "epochs.jsonl"), "utf8")).toBe("");
  });

  it("has the count of its yes answers, where it was counted", async () => {
    const [epoch] = run.record.epochs as [EpochResult];
    const counted = { ...run, record: { ...run.record, testYes: 0, epochs: [{ ...epoch, testYes: 0 }] } };
    await store.save(counted);
    expect(await store.find(id)).toEqual(counted);
    expect((await store.records()).records).toMatchObject([{ id, testYes: 0 }]);
    expect(await store.epochs(id)).toEqual(counted.record.epochs);
    expect(JSON.parse(await readFile(at(id, "run.json"), "utf8"))).toMatchObject({ testYes: 0 });
  });

  it.each([-1, 0.5, "7", null])("is damaged where its count of yes answers is %j", async (testYes) => {
    await store.save(run);
    const document = JSON.parse(await readFile(at(id, "run.json"), "utf8"));
    await writeFile(at(id, "run.json"), sealed({ ...document, testYes }));
    expect(await store.find(id)).toEqual({ damage: `${at(id, "run.json")} is not the record of run ${id}` });
    const wrong = { ...run, record: { ...run.record, testYes } } as unknown as FinishedRun;
    await expect(new RunStore(at("other")).save(wrong)).rejects.toThrow(/^run\.record\.testYes must be/);
  });

  it.each([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 16_777_217, 3.5e13])(
    "by a version that trained on with a loss of %d has diverged, in that epoch, whoever reads it",
    async (testLoss) => {
      const [epoch] = run.record.epochs as [EpochResult];
      const epochs = [1, 2, 3].map((each) => ({ ...epoch, epoch: each, ...(each > 1 && { testLoss }) }));
      await placeUnmarked(folder, { ...run, record: { ...run.record, epochs } });
      const lost = { trainError: Number.NaN, testError: Number.NaN, diverged: { epoch: 2, step: null, what: "loss" } };
      const first = [{ ...epoch, epoch: 1 }];
      expect(await store.find(id)).toEqual({ ...run, record: { ...run.record, ...lost, epochs: first } });
      expect((await store.records()).records).toMatchObject([lost]);
      expect(await store.epochs(id)).toEqual(first);
    },
  );

  it("has not diverged with the largest usable loss, or with a large number that is not a loss", async () => {
    const [epoch] = run.record.epochs as [EpochResult];
    const record = { ...run.record, epochs: [{ ...epoch, epoch: 12_345_678, testLoss: 2 ** 24, trainLoss: 1e-9 }] };
    await placeUnmarked(folder, { ...run, record });
    expect(await store.find(id)).toEqual({ ...run, record });
    expect((await store.records()).records).toMatchObject([{ id, testError: record.testError }]);
  });

  it("of an earlier version has not diverged by epochs that are not its own", async () => {
    await placeUnmarked(folder, run);
    const [epoch] = run.record.epochs as [EpochResult];
    const text = await readFile(at(id, "epochs.jsonl"), "utf8");
    const other = `${JSON.stringify({ ...epoch, testLoss: "Infinity" })}\n`;
    await writeFile(at(id, "epochs.jsonl"), other.padEnd(text.length).slice(0, text.length));
    expect((await store.records()).records).toMatchObject([{ id, testError: run.record.testError }]);
    expect(await store.find(id)).toMatchObject({ damage: expect.stringContaining("does not have the SHA-256") });
  });

  it.each([
    ["a loss that is none", { epochs: [{ ...(run.record.epochs[0] as EpochResult), testLoss: Number.NaN }] }],
    ["a loss that is too large", { epochs: [{ ...(run.record.epochs[0] as EpochResult), trainLoss: 2 ** 24 + 1 }] }],
    ["no error on its training pairs", { trainError: Number.NaN }],
    ["no error on its test pairs", { testError: Number.NaN }],
  ])("says where it diverged when it has %s", async (_, lost) => {
    await expect(store.save({ ...run, record: { ...run.record, ...lost } })).rejects.toThrow(
      /^run\.record\.diverged is missing: it must be where the run diverged/,
    );
    expect(await store.find(id)).toBeUndefined();
  });

  it("has no errors when it says where it diverged", async () => {
    const record = { ...run.record, diverged: { epoch: 1, step: 7, what: "loss" } as const };
    await expect(store.save({ ...run, record })).rejects.toThrow(
      /^run\.record\.trainError must be NaN, because the run diverged/,
    );
  });

  it("stays when it is saved again: what is whole is never written twice", async () => {
    await store.save(run);
    const before = await stat(at(id, "run.json"));
    expect(await store.save({ ...run, record: { ...run.record, seconds: 99 } })).toEqual(run.record);
    expect(await store.find(id)).toEqual(run);
    expect((await stat(at(id, "run.json"))).ino).toBe(before.ino);
  });

  it("creates the store's folder", async () => {
    const deeper = new RunStore(at("deep", "runs"));
    await deeper.save(run);
    expect(await deeper.find(id)).toEqual(run);
  });

  it("ends its checkpoint", async () => {
    await store.saveCheckpoint(id, Uint8Array.of(1, 2, 3));
    expect(await store.checkpoint(id)).toEqual(Uint8Array.of(1, 2, 3));
    expect(await store.find(id)).toBeUndefined();
    await store.save(run);
    expect(await store.checkpoint(id)).toBeUndefined();
  });
});

it("a run that was never saved is not found, in a store that is there or in one that is not", async () => {
  expect(await store.find(id)).toBeUndefined();
  expect(await new RunStore(at("nowhere")).find(id)).toBeUndefined();
});

describe("all records", () => {
  it("are those of finished runs, without epochs; damaged and unfinished ones are told apart", async () => {
    for (const each of runs) await store.save(each);
    await store.saveCheckpoint("0".repeat(16), Uint8Array.of(1));
    await writeFile(at(second.record.id, "run.json"), "{}");
    await writeFile(at("f".repeat(16)), "a file");
    await mkdir(at("1".repeat(16)));
    const found = await store.records();
    const others = runs.filter((each) => each !== second).map(({ record: { epochs: _, ...rest } }) => rest);
    expect(found.records.map(({ files: _, ...rest }) => rest)).toEqual(
      others.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    );
    expect(found.damaged).toEqual(
      [
        { id: second.record.id, damage: expect.stringMatching(/run\.json was edited or cut short/) },
        { id: "f".repeat(16), damage: expect.stringMatching(/ is not a folder$/) },
      ].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    );
    expect(found.unfinished).toBe(1);
    expect(await store.epochs(id)).toEqual(run.record.epochs);
    expect(await refusal(store.epochs(second.record.id))).toMatch(/: train it again$/);
    expect(await refusal(store.epochs("2".repeat(16)))).toMatch(/^there is no run 2+ in /);
  });

  it("of a store that is not there are none", async () => {
    expect(await new RunStore(at("nowhere")).records()).toEqual({ records: [], damaged: [], unfinished: 0 });
  });

  it("a run that is being saved is not a damaged one", async () => {
    await store.save(run);
    await rm(at(id, "run.json"));
    expect((await store.records()).damaged).toHaveLength(1);
    const claim = await store.claim(id);
    expect(await new RunStore(folder).records()).toMatchObject({ damaged: [], unfinished: 1 });
    if ("release" in claim) await claim.release();
  });
});

describe("removing runs", () => {
  it("deletes them and nothing else", async () => {
    for (const each of runs) await store.save(each);
    await writeFile(at(second.record.id, "notes.txt"), "mine");
    await store.remove([id, second.record.id]);
    expect((await store.records()).records).toHaveLength(runs.length - 2);
    expect(await readdir(folder)).not.toContain(id);
    expect(await readdir(at(second.record.id))).toEqual(["notes.txt"]);
    expect(await readdir(folder)).not.toContain("damaged");
  });

  it("is all or nothing: one that is not there, or is being trained, keeps them all", async () => {
    await store.save(run);
    expect(await refusal(store.remove([id, "0".repeat(16)]))).toMatch(/^there is no run 0{16} in /);
    expect(await refusal(store.remove([id.slice(0, 6)]))).toMatch(/^there is no run .*: give the whole id/);
    await store.saveCheckpoint(second.record.id, Uint8Array.of(1));
    const claim = await new RunStore(folder).claim(second.record.id);
    expect(await refusal(store.remove([id, second.record.id]))).toBe(
      `run ${second.record.id} is being trained by process ${process.pid}: interrupt it, or wait for it`,
    );
    expect(await store.find(id)).toEqual(run);
    if ("release" in claim) await claim.release();
    await store.remove([id, second.record.id]);
    expect(await readdir(folder)).toEqual(["claims", "store.json"]);
  });
});

describe("a store of another format", () => {
  it("that is newer is refused by all that reads or writes, and nothing in it is touched", async () => {
    await writeFile(at("store.json"), '{ "format": 2, "more": true }');
    await writeFile(at(`x.1-00000000-00000000.tmp`), "");
    await utimes(at(`x.1-00000000-00000000.tmp`), 0, 0);
    for (const asked of [
      () => store.checkWritable(),
      () => store.find(id),
      () => store.save(run),
      () => store.saveCheckpoint(id, Uint8Array.of(1)),
      () => store.claim(id),
      () => store.setAside(id),
      () => store.records(),
      () => store.remove([id]),
      () => store.resolve("latest"),
    ])
      expect(await refusal(asked())).toBe(
        `${folder} is a run store of format 2, newer than this pairlab's 1: update pairlab, or name another folder`,
      );
    expect((await readdir(folder)).sort()).toEqual(["store.json", "x.1-00000000-00000000.tmp"]);
  });

  it("that says nothing of a format is refused", async () => {
    await writeFile(at("store.json"), '{ "name": "shop" }');
    expect(await refusal(store.checkWritable())).toMatch(/store\.json does not belong to a run store: it should say/);
  });
});

describe("a store keeps what is a run, and nothing else", () => {
  const [run] = syntheticRuns() as [FinishedRun];
  const { record, weights } = run;
  it.each<[string, unknown, string]>([
    ["nothing", undefined, "run is missing: it must be an object"],
    ["an empty object", {}, "run.record is missing: it must be an object"],
    ["another seed than its id's", { record: { ...record, seed: 9 }, weights }, `job "${record.id}" was changed`],
    [
      "other weights",
      { record, weights: weights.slice(1) },
      "run.record.weightsSha256 must be the SHA-256 of run.weights",
    ],
    ["weights by text", { record, weights: "weights" }, "run.weights must be the bytes of a safetensors file"],
    [
      "an error of 7",
      { record: { ...record, testError: 7 }, weights },
      "run.record.testError must be a fraction of pairs",
    ],
    ["epochs by number", { record: { ...record, epochs: 3 }, weights }, "run.record.epochs must be"],
  ])("not %s", async (_, wrong, says) => {
    const error = await store.save(wrong as FinishedRun).catch((reason) => reason);
    expect(error).toBeInstanceOf(InvalidRequest);
    expect(error.message).toContain(says);
    expect(await readdir(folder)).toEqual([]);
  });
});

it("losses that somebody else wrote do not make a run one that diverged", async () => {
  const [run] = syntheticRuns() as [FinishedRun];
  await store.save(run);
  const path = join(folder, run.record.id, "epochs.jsonl");
  const text = await readFile(path, "utf8");
  const changed = text.replace(/(?<="trainLoss":)[^,]+/, (loss) =>
    `9e${"9".repeat(loss.length - 2)}`.slice(0, loss.length),
  );
  expect(changed.length).toBe(text.length);
  await writeFile(path, changed);
  expect((await store.records()).records.map(({ diverged }) => diverged)).toEqual([undefined]);
  expect(await store.find(run.record.id)).toMatchObject({ damage: expect.stringContaining("epochs.jsonl") });
});
