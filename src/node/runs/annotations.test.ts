import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { syntheticRuns } from "../../../test/support/stored.js";
import type { FinishedRun } from "../../core/index.js";
import { annotationsIn } from "./annotations.js";
import { RunStore } from "./store.js";

const [run, second] = syntheticRuns() as [FinishedRun, FinishedRun];
const { id } = run.record;
const said = { tags: ["baseline", "keep"], note: "Läuft." };
const NAME = "annotations.json";

let folder: string;
let store: RunStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-annotations-"));
  store = new RunStore(folder);
  await store.save(run);
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const at = (...names: string[]): string => join(folder, ...names);

it("are a file of their own, which people can read and edit, and the run stays as it was", async () => {
  const files = ["run.json", "epochs.jsonl", "weights.safetensors"];
  const read = () => Promise.all(files.map((name) => readFile(at(id, name), "latin1")));
  const before = await read();
  await store.annotate(new Map([[id, { ...said, tags: ["keep", "baseline", "keep"] }]]));
  expect(JSON.parse(await readFile(at(id, NAME), "utf8"))).toEqual(said);
  expect(await store.annotations(id)).toEqual(said);
  expect(await read()).toEqual(before);
  expect(await store.find(id)).toEqual(run);
  expect((await store.records()).damaged).toEqual([]);
});

it("are removed when they are empty, and with the run", async () => {
  await store.annotate(new Map([[id, said]]));
  await store.annotate(new Map([[id, { tags: [], note: "" }]]));
  expect(await readdir(at(id))).not.toContain(NAME);
  await store.annotate(new Map([[id, said]]));
  await store.remove([id]);
  expect(await readdir(folder)).not.toContain(id);
});

it("go with a run where another file keeps its folder", async () => {
  await store.annotate(new Map([[id, said]]));
  await writeFile(at(id, "notes.txt"), "mine");
  await store.remove([id]);
  expect(await readdir(at(id))).toEqual(["notes.txt"]);
});

it("stay where a damaged run is moved out of the way and trained again", async () => {
  await store.annotate(new Map([[id, said]]));
  await truncate(at(id, "weights.safetensors"), 10);
  await store.save(run);
  expect(await readdir(at("damaged"))).toEqual([`${id}-1`]);
  expect(await store.find(id)).toEqual(run);
  expect(await store.annotations(id)).toEqual(said);
});

it("are written for all runs or for none where one is not right", async () => {
  await store.save(second);
  const wrong = { tags: ["No"], note: "" };
  await expect(
    store.annotate(
      new Map([
        [id, said],
        [second.record.id, wrong],
      ]),
    ),
  ).rejects.toThrow(`run ${second.record.id}.tags[0] must be`);
  expect(await store.annotations(id)).toEqual({ tags: [], note: "" });
});

it("of a run that is not there are refused, and so is a name that leads out of the store", async () => {
  await expect(store.annotate(new Map([["0".repeat(16), said]]))).rejects.toThrow(/cannot write .*annotations\.json/);
  await expect(store.annotate(new Map([["../x", said]]))).rejects.toThrow("a run's id must be");
});

it.each<[string, string | undefined]>([
  ["cut short", '{ "tags": ['],
  ["empty", ""],
  ["too large", JSON.stringify({ tags: [], note: "" }).padEnd(2 ** 14 + 1)],
  ["a folder", undefined],
])("a file that is %s is named, once, beside those of the other runs", async (_, text) => {
  await store.save(second);
  await store.annotate(new Map([[second.record.id, said]]));
  if (text === undefined) await mkdir(at(id, NAME));
  else await writeFile(at(id, NAME), text);
  expect(annotationsIn(folder, [id, second.record.id, "f".repeat(16)])).toEqual({
    byId: new Map([[second.record.id, said]]),
    unreadable: [`${at(id, NAME)} is not a run's tags and note as JSON: correct it, or remove it`],
  });
  await expect(store.annotations(id)).rejects.toThrow("is not a run's tags and note as JSON");
});
