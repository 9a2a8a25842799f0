import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { syntheticRuns } from "../../../test/support/stored.js";
import type { FinishedRun } from "../../core/index.js";
import { listStore } from "./listing.js";
import { RunStore } from "./store.js";

let folder: string;
let store: RunStore;
const at = (...names: string[]): string => join(folder, ...names);
const [run, other] = syntheticRuns() as [FinishedRun, FinishedRun];
const { id } = run.record;

/** A store whose run lies elsewhere, as where a disk was too small for it. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-links-"));
  store = new RunStore(at("runs"));
  await store.save(run);
  await mkdir(at("big"));
  await rename(at("runs", id), at("big", id));
  await symlink(at("big", id), at("runs", id));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What all that names runs makes of one whose name begins so. */
const seen = async () => ({
  found: await store.find(id),
  resolved: await store.resolve(id.slice(0, 6)).catch((error) => error.message),
  latest: await store.resolve("latest").catch((error) => error.message),
  listed: (await store.records()).records.map((record) => record.id),
  damaged: (await store.records()).damaged,
  grouped: (await listStore(store)).groups.flatMap(({ records }) => records.map((record) => record.id)),
});

describe("a link to a run's folder", () => {
  it("is the run, wherever runs are named", async () => {
    const whole = { found: run, resolved: run, latest: run, listed: [id], damaged: [], grouped: [id] };
    expect(await seen()).toEqual(whole);
    await store.touch(id);
    await store.checkRunWritable(id);
    expect(await store.save(run)).toEqual(run.record);
    await store.saveEvaluation(run.record, { pairs: 3, testError: 0 });
    expect(await store.evaluation(run.record, 3)).toEqual({ pairs: 3, testError: 0 });
    expect(await seen()).toEqual(whole);
    expect((await lstat(at("runs", id))).isSymbolicLink()).toBe(true);
  });

  it("is removed, and what it leads to stays", async () => {
    await store.remove([id]);
    expect((await readdir(at("runs"))).sort()).toEqual(["claims", "store.json"]);
    expect((await readdir(at("big", id))).sort()).toEqual(["epochs.jsonl", "run.json", "weights.safetensors"]);
  });

  it("is moved when the run is damaged, and what it leads to stays", async () => {
    await writeFile(at("big", id, "run.json"), "{}");
    const aside = await store.setAside(id);
    expect(await readlink(join(aside, id))).toBe(at("big", id));
    expect(await readFile(at("big", id, "run.json"), "utf8")).toBe("{}");
    await store.save(run);
    expect(await store.find(id)).toEqual(run);
    expect((await lstat(at("runs", id))).isDirectory()).toBe(true);
  });
});

describe.each([
  ["that leads nowhere", "nowhere", / is a link that leads nowhere$/],
  ["that leads to itself", join("runs", id), / is not a file$/],
  ["to another run", join("runs", other.record.id), / is not the record of run /],
  ["to a file", "file", / is not a folder$/],
])("a link %s", (_, target, damage) => {
  beforeEach(async () => {
    await store.save(other);
    await writeFile(at("file"), "mine");
    await rm(at("runs", id));
    await symlink(at(target), at("runs", id));
  });

  it("is a damaged run, wherever runs are named", async () => {
    const { found, resolved, listed, damaged, grouped, latest } = await seen();
    expect(found).toEqual({ damage: expect.stringMatching(damage) });
    expect(resolved).toMatch(/: train it again$/);
    expect(listed).toEqual([other.record.id]);
    expect(grouped).toEqual([other.record.id]);
    expect(damaged).toEqual([{ id, damage: expect.stringMatching(damage) }]);
    if (target !== join("runs", other.record.id)) expect(latest).toEqual(other);
  });

  it.each(["moved away", "removed"])("is %s alone, and the run can be kept", async (way) => {
    if (way === "removed") await store.remove([id]);
    else expect((await lstat(join(await store.setAside(id), id))).isSymbolicLink()).toBe(true);
    expect(await store.find(id)).toBeUndefined();
    expect(await store.find(other.record.id)).toEqual(other);
    expect(await readFile(at("file"), "utf8")).toBe("mine");
    await store.save(run);
    expect(await store.find(id)).toEqual(run);
  });
});

it("a file in a folder's place is a damaged run, wherever runs are named", async () => {
  await rm(at("runs", id));
  await writeFile(at("runs", id), "");
  const { found, resolved, damaged } = await seen();
  expect(found).toEqual({ damage: expect.stringMatching(/ is not a folder$/) });
  expect(resolved).toMatch(/ is not a folder: train it again$/);
  expect(damaged).toHaveLength(1);
  await store.remove([id]);
  expect((await readdir(at("runs"))).sort()).toEqual(["claims", "store.json"]);
});

it("the store, its claims and damaged/ may be links, damaged/ to another disk", async () => {
  await rename(at("runs"), at("elsewhere"));
  await symlink(at("elsewhere"), at("runs"));
  await mkdir(at("claims"));
  await symlink(at("claims"), at("elsewhere", "claims"));
  const memory = await mkdtemp(
    join((await stat("/dev/shm").catch(() => undefined)) ? "/dev/shm" : tmpdir(), "pairlab-"),
  );
  try {
    await symlink(memory, at("elsewhere", "damaged"));
    await store.checkWritable();
    const claim = await store.claim(id);
    expect("release" in claim).toBe(true);
    if ("release" in claim) await claim.release();
    await store.save(other);
    await writeFile(at("runs", other.record.id, "notes.txt"), "mine");
    const aside = await store.setAside(other.record.id);
    expect((await readdir(aside)).sort()).toEqual(["epochs.jsonl", "run.json", "weights.safetensors"]);
    expect(await readdir(at("runs", other.record.id))).toEqual(["notes.txt"]);
    expect(await store.find(id)).toEqual(run);
  } finally {
    await rm(memory, { recursive: true });
  }
});
