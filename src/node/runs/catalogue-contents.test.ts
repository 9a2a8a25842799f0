import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { syntheticRuns } from "../../../test/support/stored.js";
import type { FinishedRun } from "../../core/index.js";
import { Catalogue } from "./catalogue.js";
import { RunStore } from "./store.js";

const runs = syntheticRuns().slice(0, 2) as [FinishedRun, FinishedRun];
const [a, b] = runs.map(({ record }) => record.id).sort() as [string, string];

let folder: string;
let catalogue: Catalogue;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-catalogue-"));
  for (const run of runs) await new RunStore(folder).save(run);
  catalogue = new Catalogue(folder);
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

const NOBODY = new Set<string>();
/** An hour later, all that was changed has settled. */
const later = () => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
const idsOf = (contents: ReturnType<Catalogue["contents"]>) => contents.records.map(({ id }) => id);

it("has the finished runs by id, and when they were used", async () => {
  await utimes(join(folder, a, "run.json"), 1000, 1000);
  await catalogue.look([b, a]);
  const contents = catalogue.contents(NOBODY);
  expect(idsOf(contents)).toEqual([a, b]);
  expect(contents).toMatchObject({ damaged: [], unfinished: 0 });
  expect(contents.used.get(a)).toBe(1_000_000);
  expect(catalogue.open()).toEqual([]);
});

it("is another version where something is new, changed or gone, and only there", async () => {
  later();
  const versions: number[] = [];
  const look = async (ids: readonly string[]) => {
    catalogue.keepOnly(ids);
    await catalogue.look(ids);
    versions.push(catalogue.version);
  };
  await look([a]);
  await look([a]);
  await look([a, b]);
  await utimes(join(folder, a, "run.json"), 2000, 2000);
  await look([a, b]);
  await look([b]);
  await look([b]);
  const steps = versions.map((version, i) => version !== (versions[i - 1] ?? 0));
  expect(steps).toEqual([true, false, true, true, true, false]);
  expect(idsOf(catalogue.contents(NOBODY))).toEqual([b]);
});

it("counts runs that have begun, and says nothing of empty folders and files", async () => {
  await rename(join(folder, a, "run.json"), join(folder, "kept"));
  await writeFile(join(folder, a, "checkpoint.safetensors"), "");
  await mkdir(join(folder, "0".repeat(16)));
  await catalogue.look([a, b, "0".repeat(16)]);
  expect(catalogue.contents(NOBODY)).toMatchObject({ records: [{ id: b }], damaged: [], unfinished: 1 });
  expect(catalogue.open().sort()).toEqual([a, "0".repeat(16)].sort());
});
