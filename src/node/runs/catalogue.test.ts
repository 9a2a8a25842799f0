import { readFile, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type TemporaryFolder, temporaryFolder } from "../../../test/support/pairlab.js";
import { syntheticRuns } from "../../../test/support/stored.js";
import type { FinishedRun } from "../../core/index.js";
import { Catalogue } from "./catalogue.js";
import { readIndex, writeIndex } from "./index-file.js";
import { RunStore } from "./store.js";

const runs = syntheticRuns() as [FinishedRun, FinishedRun, FinishedRun];
const ids = runs.map(({ record }) => record.id);
const [{ record: one }, { record: two }] = runs;

let folder: TemporaryFolder;
let store: string;
const at = (...names: string[]): string => join(store, ...names);
beforeEach(async () => {
  folder = await temporaryFolder();
  store = join(folder.path, "runs");
  for (const run of runs) await new RunStore(store).save(run);
  // What was written so short a time before would be read again each time.
  vi.setSystemTime(Date.now() + 10_000);
});
afterEach(async () => {
  vi.useRealTimers();
  await folder.remove();
});

const catalogued = async (entries?: ConstructorParameters<typeof Catalogue>[1]): Promise<Catalogue> => {
  const catalogue = new Catalogue(store, entries);
  await catalogue.look(ids);
  return catalogue;
};
const found = (catalogue: Catalogue, id: string) => catalogue.entries.get(id)?.found;

describe("a catalogue", () => {
  it("reads a run once, and again when one of its files is another", async () => {
    const catalogue = await catalogued();
    const { version } = catalogue;
    const before = ids.map((id) => found(catalogue, id));
    await catalogue.look(ids);
    ids.forEach((id, i) => {
      expect(found(catalogue, id)).toBe(before[i]);
    });
    expect(catalogue.version).toBe(version);

    await truncate(at(one.id, "weights.safetensors"), 10);
    await rm(at(two.id, "epochs.jsonl"));
    await catalogue.look(ids);
    expect(catalogue.contents(new Set()).damaged).toEqual(
      [
        { id: one.id, damage: expect.stringMatching(/weights\.safetensors has 10 bytes, not the 1000/) },
        { id: two.id, damage: expect.stringMatching(/epochs\.jsonl is missing$/) },
      ].sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
    expect(found(catalogue, ids[2] as string)).toBe(before[2]);
    expect(catalogue.version).not.toBe(version);
  });

  it("notices an edit that keeps a record's size and its time", async () => {
    const catalogue = await catalogued();
    const path = at(one.id, "run.json");
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replace('"parameters": ', '"parametres": '));
    await utimes(path, 1000, 1000);
    await catalogue.look(ids);
    expect(found(catalogue, one.id)).toEqual({ damage: expect.stringMatching(/was edited or cut short/) });
  });

  it("reads what was changed just now again and again: it may be changed once more without another time", async () => {
    vi.useRealTimers();
    const catalogue = await catalogued();
    const [before, { version }] = [found(catalogue, one.id), catalogue];
    await catalogue.look(ids);
    expect(found(catalogue, one.id)).not.toBe(before);
    expect(found(catalogue, one.id)).toEqual(before);
    expect(catalogue.version).toBe(version);
  });

  it("has the time of use, and forgets what is gone", async () => {
    const catalogue = await catalogued();
    await utimes(at(one.id, "run.json"), 2e9, 2e9);
    await catalogue.look(ids);
    expect(catalogue.contents(new Set()).used.get(one.id)).toBe(2e12);
    catalogue.keepOnly([two.id]);
    expect(catalogue.contents(new Set()).records.map(({ id }) => id)).toEqual([two.id]);
  });
});

describe("an index", () => {
  const indexed = async (): Promise<Catalogue> => {
    const catalogue = await catalogued();
    await writeIndex(store, catalogue.entries, new Map(), 1);
    return catalogue;
  };

  it("gives back what was known, so that nothing is read", async () => {
    const { entries } = await indexed();
    const known = await readIndex(store);
    expect(known).toEqual(entries);
    const catalogue = await catalogued(known);
    for (const id of ids) expect(found(catalogue, id)).toBe(known.get(id)?.found);
    expect(catalogue.version).toBe(0);
  });

  it("is not believed of what has changed since", async () => {
    await indexed();
    await truncate(at(one.id, "weights.safetensors"), 10);
    await rm(at(two.id), { recursive: true });
    const { records, damaged } = await new RunStore(store).records();
    expect(records.map(({ id }) => id)).toEqual(ids.filter((id) => id !== one.id && id !== two.id).sort());
    expect(damaged.map(({ id }) => id)).toEqual([one.id]);
  });

  it("is nothing to a store that it was copied into: files there lie elsewhere", async () => {
    await indexed();
    const copy = join(folder.path, "copy");
    for (const run of runs) await new RunStore(copy).save(run);
    await truncate(join(copy, one.id, "weights.safetensors"), 10);
    await writeFile(join(copy, "index.json"), await readFile(at("index.json")));
    expect((await new RunStore(copy).records()).damaged.map(({ id }) => id)).toEqual([one.id]);
  });

  it.each<[string, (text: string) => string]>([
    ["cut short", (text) => text.slice(0, -10)],
    ["edited", (text) => text.replace('"seed":0', '"seed":7')],
    ["of another version", (text) => text.replace(/^pairlab \S+/, "pairlab 0.0.1")],
    ["empty", () => ""],
    ["something else", () => "{}"],
  ])("that is %s is as good as none", async (_, change) => {
    await indexed();
    await writeFile(at("index.json"), change(await readFile(at("index.json"), "utf8")));
    expect(await readIndex(store)).toEqual(new Map());
    expect((await new RunStore(store).records()).records).toHaveLength(runs.length);
  });

  it("is not written for few runs, and not again for few new ones", async () => {
    const catalogue = await catalogued();
    await writeIndex(store, catalogue.entries, new Map());
    await writeIndex(store, catalogue.entries, catalogue.entries, 1);
    expect(await readIndex(store)).toEqual(new Map());
  });
});
