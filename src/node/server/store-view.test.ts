import { mkdir, rm, truncate, utimes } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type TemporaryFolder, temporaryFolder } from "../../../test/support/pairlab.js";
import { syntheticRuns } from "../../../test/support/stored.js";
import type { FinishedRun } from "../../core/index.js";
import type { StoreDocument } from "../../core/runs/store-document.js";
import { RunStore } from "../runs/store.js";
import { StoreView } from "./store-view.js";

const runs = syntheticRuns() as [FinishedRun, FinishedRun, FinishedRun, FinishedRun, FinishedRun];
const [one, two, three, four] = runs;

let folder: TemporaryFolder;
let store: RunStore;
beforeEach(async () => {
  folder = await temporaryFolder();
  store = new RunStore(join(folder.path, "runs"));
  for (const run of [one, two, three]) await store.save(run);
});
afterEach(async () => {
  vi.useRealTimers();
  await folder.remove();
});

const documentOf = async (view: StoreView): Promise<StoreDocument> =>
  JSON.parse(new TextDecoder().decode((await view.resource()).body));
const idsIn = ({ groups }: StoreDocument): string[] => groups.flatMap(({ runs }) => runs.map(({ id }) => id)).sort();
const idsOf = (...some: FinishedRun[]): string[] => some.map(({ record }) => record.id).sort();

test("32 requests at the same time share two looks: one that is under way, and one that begins after them", async () => {
  const looks = vi.spyOn(store, "training");
  const view = new StoreView(store);
  await view.resource();
  const ofOne = looks.mock.calls.length;
  looks.mockClear();
  const first = view.resource();
  const later = await Promise.all(Array.from({ length: 31 }, () => view.resource()));
  expect(looks.mock.calls.length).toBeLessThanOrEqual(2 * ofOne);
  for (const each of later) expect(each).toBe(await first);
});

test("a request during a look sees everything that came before the request", async () => {
  const view = new StoreView(store);
  await view.resource();
  const early = view.resource();
  await store.save(four);
  expect(idsIn(await documentOf(view))).toEqual(idsOf(one, two, three, four));
  await early;
});

test("an error of reading fails the requests, and reading is tried again", async () => {
  const view = new StoreView(store);
  vi.spyOn(store, "training").mockRejectedValueOnce(new Error("the disk fails"));
  const asked = await Promise.allSettled([view.resource(), view.resource()]);
  expect(asked.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(idsIn(await documentOf(view))).toHaveLength(3);
});

test("of a large store, runs that come, go or are under way are seen at once, what changes in a finished one soon", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 10_000 });
  const view = new StoreView(store, { most: 2, pause: 1 });
  expect(idsIn(await documentOf(view))).toEqual(idsOf(one, two, three));
  await store.saveCheckpoint(four.record.id, new Uint8Array(3));
  expect(await documentOf(view)).toMatchObject({ unfinished: 1 });
  await store.save(four);
  expect(idsIn(await documentOf(view))).toEqual(idsOf(one, two, three, four));
  await rm(join(store.folder, one.record.id), { recursive: true });
  expect(idsIn(await documentOf(view))).toEqual(idsOf(two, three, four));
  await view.swept();

  await truncate(join(store.folder, two.record.id, "weights.safetensors"), 10);
  await utimes(join(store.folder, three.record.id, "run.json"), 2e9, 2e9);
  await view.resource();
  await view.swept();
  const { damaged, groups } = await documentOf(view);
  expect(damaged.map(({ id }) => id)).toEqual([two.record.id]);
  expect(groups.map(({ lastUsed }) => lastUsed)).toContain("2033-05-18T03:33:20.000Z");
});

test("a run that is damaged while it is trained again is in training only, and then damaged", async () => {
  const view = new StoreView(store);
  await mkdir(join(store.folder, four.record.id));
  await rm(join(store.folder, one.record.id, "run.json"));
  const claim = await store.claim(one.record.id);
  expect(await documentOf(view)).toMatchObject({ training: [{ id: one.record.id }], unfinished: 0, damaged: [] });
  if ("release" in claim) await claim.release();
  expect(await documentOf(view)).toMatchObject({ unfinished: 0, damaged: [{ id: one.record.id }] });
});
