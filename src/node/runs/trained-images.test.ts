import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sealed, syntheticRuns } from "../../../test/support/stored.js";
import type { FinishedRun } from "../../core/index.js";
import { PROCESS_SPACE } from "../processes.js";
import { RunStore } from "./store.js";

const [run, second] = syntheticRuns() as [FinishedRun, FinishedRun];
const { record } = run;
const { id } = record;
const digests = new Set(["b".repeat(16), "0".repeat(16)]);
const NAME = "trained-images.json";

let folder: string;
let store: RunStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-trained-"));
  store = new RunStore(folder);
  await store.save(run);
  await store.saveTrainedImages(record, digests);
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const at = (...names: string[]): string => join(folder, ...names);

it("are in one file that says of which run, ascending, with a digest as run.json has", async () => {
  const text = await readFile(at(id, NAME), "utf8");
  const document = JSON.parse(text);
  expect(document).toEqual({
    id,
    weightsSha256: record.weightsSha256,
    dataset: record.config.dataset.sha256,
    images: `${"0".repeat(16)} ${"b".repeat(16)}`,
    digest: expect.any(String),
  });
  expect(text).toBe(sealed(document));
  expect(await store.trainedImages(record)).toEqual(digests);
  expect(await store.lacksTrainedImages(record, true)).toBe(false);
});

it("are not part of the run, and go where it goes", async () => {
  expect(await store.find(id)).toEqual(run);
  await store.remove([id]);
  expect(await readdir(folder)).not.toContain(id);
  await store.save(run);
  expect(await store.trainedImages(record)).toBeUndefined();
  expect(await store.lacksTrainedImages(record, true)).toBe(true);
  expect(await store.lacksTrainedImages(record, false)).toBe(true);
});

it("count only for these weights and this run", async () => {
  expect(await store.trainedImages({ ...record, weightsSha256: "a".repeat(64) })).toBeUndefined();
  await store.save(second);
  await writeFile(at(second.record.id, NAME), await readFile(at(id, NAME)));
  expect(await store.trainedImages(second.record)).toBeUndefined();
});

it.each<[string, (text: string) => string]>([
  ["cut short", (text) => text.slice(0, 150)],
  ["empty", () => ""],
  ["no JSON", () => "weights"],
  ["null", () => "null\n"],
  ["edited", (text) => text.replace("bbbb", "bbba")],
  ["of images that are no text", (text) => sealed({ ...JSON.parse(text), images: 3 })],
])("of a file that is %s are made again", async (_, change) => {
  await writeFile(at(id, NAME), change(await readFile(at(id, NAME), "utf8")));
  expect(await store.trainedImages(record)).toBeUndefined();
  expect(await store.lacksTrainedImages(record, true)).toBe(true);
  // Whether they are whole is seen where they are read.
  expect(await store.lacksTrainedImages(record, false)).toBe(false);
});

it("cannot be where a folder is", async () => {
  await rm(at(id, NAME));
  await mkdir(at(id, NAME));
  expect(await store.trainedImages(record)).toBeUndefined();
});

it("leave nothing of a process that was killed while it wrote them, though the run was asked for just now", async () => {
  const ended = spawnSync(process.execPath, ["--eval", ""]).pid;
  await rm(at(id, NAME));
  await writeFile(at(id, `${NAME}.${ended}-${PROCESS_SPACE}-0123abcd.tmp`), "half");
  await store.touch(id, 3_600_000);
  await store.saveTrainedImages(record, digests);
  expect((await readdir(at(id))).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  expect(await store.trainedImages(record)).toEqual(digests);
});
