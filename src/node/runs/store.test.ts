import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { syntheticReproduction } from "../../../test/support/reproduction.js";
import { type FinishedRun, InvalidRequest, type RunRecord } from "../../core/index.js";
import { RunStore } from "./store.js";

let folder: string;
let store: RunStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-runs-"));
  store = new RunStore(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A run with made-up weights. */
function withWeights(record: RunRecord): FinishedRun {
  const weights = new Uint8Array(1000).map((_, i) => (i * 31 + record.seed) % 256);
  return { record: { ...record, weightsSha256: createHash("sha256").update(weights).digest("hex") }, weights };
}

/** One run of each architecture, so that a record has every kind of layer. */
const runs = syntheticReproduction({ rounds: 1 }).records.map(withWeights);
const [run] = runs as [FinishedRun];
const { id } = run.record;

/** The same run under another id. */
const named = (other: string): FinishedRun => ({ ...run, record: { ...run.record, id: other } });

const file = (name: "run.json" | "weights.safetensors", of = id): string => join(folder, of, name);

/** What `resolve` refuses a reference with, in one line. */
async function refusal(reference: string): Promise<string> {
  const error = await store.resolve(reference).then(
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
      await store.save(each);
      expect(await store.find(each.record.id)).toEqual(each);
    }
  });

  it("may have losses that left the numbers", async () => {
    const epochs = run.record.epochs.map((epoch) => ({ ...epoch, trainLoss: Number.NaN, testLoss: Number.NaN }));
    const diverged = { ...run, record: { ...run.record, epochs } };
    await store.save(diverged);
    expect(await store.find(id)).toEqual(diverged);
  });

  it("takes the place of what was saved before, and leaves nothing else behind", async () => {
    await store.save(run);
    const slower = { ...run, record: { ...run.record, seconds: 99 } };
    await store.save(slower);
    expect(await store.find(id)).toEqual(slower);
    expect(await readdir(folder)).toEqual([id]);
    expect(await readdir(join(folder, id))).toEqual(["run.json", "weights.safetensors"]);
  });

  it("creates the store's folder", async () => {
    const deeper = new RunStore(join(folder, "deep", "runs"));
    await deeper.save(run);
    expect(await deeper.find(id)).toEqual(run);
  });
});

it("a run that was never saved is not found, in a store that is there or in one that is not", async () => {
  expect(await store.find(id)).toBeUndefined();
  expect(await new RunStore(join(folder, "nowhere")).find(id)).toBeUndefined();
});

describe("a damaged run is not used, and what is wrong is named", () => {
  const change = async (edit: (record: Record<string, unknown>) => object) => {
    const record = JSON.parse(await readFile(file("run.json"), "utf8"));
    await writeFile(file("run.json"), JSON.stringify(edit(record)));
  };
  const notTheRecord = /run\.json is not the record of run [0-9a-f]{16}$/;
  const otherWeights = /weights\.safetensors does not have the SHA-256 that run\.json names$/;

  it.each<[string, () => Promise<void>, RegExp]>([
    ["truncated weights", () => truncate(file("weights.safetensors"), 999), otherWeights],
    ["another run's weights", () => writeFile(file("weights.safetensors"), "other"), otherWeights],
    [
      "the hash of other weights",
      () => change((record) => ({ ...record, weightsSha256: "0".repeat(64) })),
      otherWeights,
    ],
    ["a record of another run", () => change((record) => ({ ...record, id: "0".repeat(16) })), notTheRecord],
    ["a record with impossible values", () => change((record) => ({ ...record, testError: 1.5 })), notTheRecord],
    ["a record that lacks a part", () => change(({ epochs: _, ...rest }) => rest), notTheRecord],
    ["a layer of an unknown kind", () => change((r) => withTrunk(r, [{ kind: "attention" }])), notTheRecord],
    ["another program's JSON", () => writeFile(file("run.json"), '{"name": "other"}'), notTheRecord],
    ["a truncated record", () => truncate(file("run.json"), 100), notTheRecord],
    ["no weights", () => rm(file("weights.safetensors")), /[0-9a-f]{16} is incomplete \(ENOENT\)$/],
    ["no record", () => rm(file("run.json")), /[0-9a-f]{16} is incomplete \(ENOENT\)$/],
  ])("%s", async (_, damage, expected) => {
    await store.save(run);
    await damage();
    expect(await store.find(id)).toEqual({ damage: expect.stringMatching(expected) });
    expect(await refusal(id)).toMatch(/: train it again$/);
    await store.save(run);
    expect(await store.find(id)).toEqual(run);
  });

  it("a file where the run's folder should be", async () => {
    await writeFile(join(folder, id), "");
    expect(await store.find(id)).toEqual({ damage: expect.stringMatching(/is incomplete \(ENOTDIR\)$/) });
    await store.save(run);
    expect(await store.find(id)).toEqual(run);
  });

  function withTrunk(record: Record<string, unknown>, trunk: unknown[]): object {
    const config = record.config as { network: object };
    return { ...record, config: { ...config, network: { ...config.network, trunk } } };
  }
});

describe("a reference", () => {
  const [first, second, third] = ["0123000000000000", "0124000000000000", "abcd000000000000"] as const;

  beforeEach(async () => {
    for (const [order, each] of [second, third, first].entries()) {
      await store.save(named(each));
      await utimes(file("run.json", each), 1000 + order, 1000 + order);
    }
  });

  it("is an id or its beginning", async () => {
    for (const reference of [second, "0124", "a"])
      expect((await store.resolve(reference)).record.id).toBe(reference === "a" ? third : second);
  });

  it("may be latest, the run that was saved last", async () => {
    expect((await store.resolve("latest")).record.id).toBe(first);
    await store.save(named(third));
    expect((await store.resolve("latest")).record.id).toBe(third);
  });

  it("is refused where it means several runs, some of which are named", async () => {
    expect(await refusal("012")).toBe(`"012" is the beginning of 2 runs (${first}, ${second}): give more of it`);
    for (const digit of ["5", "6"]) await store.save(named(`012${digit}000000000000`));
    expect(await refusal("012")).toMatch(/^"012" is the beginning of 4 runs \(\w+, \w+, \w+ …\): give more of it$/);
  });

  it("is refused where it means none", async () => {
    expect(await refusal("ff")).toBe(`no run "ff" in ${folder}: give an id, its beginning, or latest`);
    expect(await refusal(`${first}0`)).toMatch(/^no run/);
  });

  it("passes over what is no run: files, other folders, and what an interrupted save left", async () => {
    const leftover = `.${third}-11111111-2222-3333-4444-555555555555`;
    for (const foreign of [leftover, "abcd", "notes"]) await mkdir(join(folder, foreign));
    await writeFile(join(folder, "abcd111111111111"), "");
    expect((await store.resolve("abcd")).record.id).toBe(third);
    expect((await store.resolve("latest")).record.id).toBe(first);
    expect(await refusal(".")).toMatch(/^no run "\."/);
    expect(await refusal("n")).toMatch(/^no run "n"/);
  });

  it("to the latest passes over runs without a record", async () => {
    await rm(file("run.json", first));
    expect((await store.resolve("latest")).record.id).toBe(third);
  });
});

describe("in a store without runs", () => {
  it("latest says what to do", async () => {
    expect(await refusal("latest")).toBe(`no runs in ${folder}: train one first`);
  });

  it("nothing is found, and a folder that is missing is no other case", async () => {
    store = new RunStore(join(folder, "nowhere"));
    expect(await refusal("latest")).toMatch(/^no runs in .*nowhere: train one first$/);
    expect(await refusal("ab")).toMatch(/^no run "ab" in .*nowhere: /);
  });

  it("a file in the way is named", async () => {
    const path = join(folder, "file");
    await writeFile(path, "");
    store = new RunStore(path);
    expect(await refusal("latest")).toBe(`cannot read the run store ${path} (ENOTDIR)`);
  });
});
