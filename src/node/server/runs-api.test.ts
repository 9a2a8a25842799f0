import { mkdir, readdir, rm, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { asDiverged } from "../../../test/support/diverged.js";
import { type TemporaryFolder, temporaryFolder } from "../../../test/support/pairlab.js";
import { syntheticReproduction } from "../../../test/support/reproduction.js";
import { withWeights } from "../../../test/support/stored.js";
import type { RunRecord } from "../../core/index.js";
import type { StoreDocument } from "../../core/runs/store-document.js";
import { RunStore } from "../runs/store.js";
import { siteApp } from "./app.js";
import { StoreView } from "./store-view.js";

const { records } = syntheticReproduction({ rounds: 3, overrides: { epochs: 3 } });
const mlp = records.filter(({ architecture }) => architecture === "mlp") as [RunRecord, RunRecord, RunRecord];
const [one] = mlp;

let folder: TemporaryFolder;
let store: RunStore;
let request: (path: string, etag?: string) => Promise<Response>;
beforeEach(async () => {
  folder = await temporaryFolder();
  // The server reads what others write: it has a store object of its own.
  store = new RunStore(join(folder.path, "runs"));
  const read = new RunStore(store.folder);
  const app = siteApp({
    page: new Map(),
    images: { identity: { name: "MNIST" }, files: Promise.resolve([]) },
    store: read,
    listing: new StoreView(read),
    isAllowedHost: () => true,
  });
  request = async (path, etag) => app.request(`/api/runs${path}`, { headers: etag ? { "if-none-match": etag } : {} });
});
afterEach(() => folder.remove());

const document = async (): Promise<StoreDocument> => (await request("")).json();
const etag = async (): Promise<string> => (await request("")).headers.get("etag") ?? "";

test("a store that is not there yet has nothing, and then what was kept", async () => {
  const empty = { folder: store.folder, groups: [], training: [], unfinished: 0, damaged: [], setAside: [] };
  expect(await document()).toEqual(empty);
  const before = await etag();
  await store.save(withWeights(one));
  expect((await request("", before)).status).toBe(200);
  expect((await document()).groups).toMatchObject([{ architecture: "mlp", n: 1, testError: { sd: null, ci95: null } }]);
});

test("groups have what their runs came to, and what differs from other groups", async () => {
  const longer = syntheticReproduction({ rounds: 1, errors: { mlp: { train: 1, test: 150 } } }).records;
  for (const record of [...mlp, ...longer]) await store.save(withWeights(record));
  const times = [1000, 2000, 3000, 4000];
  for (const [i, { id }] of [...mlp, ...longer].entries())
    await utimes(join(store.folder, id, "run.json"), times[i] ?? 0, times[i] ?? 0);
  const { groups } = await document();
  expect(groups).toHaveLength(2);
  const [own, short] = groups;
  expect(own?.differs).toEqual([]);
  expect(short?.differs).toEqual(["epochs 3"]);
  const errors = mlp.map(({ testError }) => testError);
  const mean = errors.reduce((sum, error) => sum + error, 0) / 3;
  const sd = Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / 2);
  expect(short).toMatchObject({
    architecture: "mlp",
    config: one.config,
    parameters: one.parameters,
    n: 3,
    seeds: [0, 1, 2],
    testError: { mean: expect.closeTo(mean, 12), sd: expect.closeTo(sd, 12) },
    lastUsed: "1970-01-01T00:50:00.000Z",
  });
  const [low, high] = short?.testError.ci95 ?? [1, 0];
  expect(low).toBeLessThan(mean);
  expect(high).toBeGreaterThan(mean);
  expect(short?.runs).toEqual(
    mlp.map((record) => ({
      id: record.id,
      seed: record.seed,
      trainError: record.trainError,
      testError: record.testError,
      seconds: record.seconds,
      weightsSha256: withWeights(record).record.weightsSha256,
    })),
  );
});

test("what another process keeps, uses, damages or removes is there at the next request; else it is 304", async () => {
  const [, two, three] = mlp;
  await store.save(withWeights(one));
  const seen = new Set<string>();
  const changed = async () => {
    const now = await etag();
    expect(seen).not.toContain(now);
    seen.add(now);
    expect((await request("", now)).status).toBe(304);
    expect(await etag()).toBe(now);
    return document();
  };
  expect((await changed()).groups[0]?.n).toBe(1);
  await store.save(withWeights(two));
  expect((await changed()).groups[0]?.seeds).toEqual([0, 1]);
  await utimes(join(store.folder, one.id, "run.json"), 2e9, 2e9);
  expect((await changed()).groups[0]?.lastUsed).toBe("2033-05-18T03:33:20.000Z");
  await store.saveCheckpoint(three.id, new Uint8Array(3));
  expect((await changed()).unfinished).toBe(1);
  await truncate(join(store.folder, two.id, "weights.safetensors"), 10);
  expect((await changed()).damaged).toEqual([
    { id: two.id, damage: expect.stringMatching(/weights\.safetensors has 10 bytes, not the 1000/) },
  ]);
  await store.setAside(two.id);
  expect(await changed()).toMatchObject({ damaged: [], setAside: [`${two.id}-1`] });
  await store.remove([one.id]);
  expect((await changed()).groups).toEqual([]);
});

test("a run in training is named, with the process that trains it, until it is finished", async () => {
  await store.save(withWeights(one));
  const [, two] = mlp;
  const claim = await store.claim(two.id, two);
  const { training } = await document();
  expect(training).toEqual([
    {
      id: two.id,
      architecture: "mlp",
      seed: 1,
      host: expect.any(String),
      pid: process.pid,
      since: expect.stringMatching(/^20\d\d-.*Z$/),
    },
  ]);
  expect((await request("", await etag())).status).toBe(304);
  // With its state on the disk it is in training still, and not unfinished too.
  await store.saveCheckpoint(two.id, new Uint8Array(3));
  expect(await document()).toMatchObject({ training, unfinished: 0 });
  await store.save(withWeights(two));
  expect(await document()).toMatchObject({ training: [], groups: [{ n: 2 }] });
  if ("release" in claim) await claim.release();
  expect((await document()).training).toEqual([]);
});

test("a checkpoint that is written again changes nothing", async () => {
  await store.saveCheckpoint(one.id, new Uint8Array(3));
  const before = await etag();
  await store.saveCheckpoint(one.id, new Uint8Array(5));
  expect((await request("", before)).status).toBe(304);
});

test("a run's record has its epochs, and its weights are the store's bytes", async () => {
  const run = withWeights(one);
  await store.save(run);
  const response = await request(`/${one.id}`);
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(await response.json()).toEqual(run.record);
  const weights = await request(`/${one.id}/weights`);
  expect(weights.headers.get("content-type")).toBe("application/octet-stream");
  expect(new Uint8Array(await weights.arrayBuffer())).toEqual(run.weights);
  for (const known of [response, weights]) {
    const path = known === weights ? `/${one.id}/weights` : `/${one.id}`;
    expect((await request(path, known.headers.get("etag") ?? "")).status).toBe(304);
  }
});

test("runs that diverged are counted, and have null for errors", async () => {
  await store.save(withWeights(asDiverged(one)));
  await store.save(withWeights(mlp[1] as RunRecord));
  const none = { trainError: null, testError: null, diverged: { epoch: 1, step: 7, what: "loss" } };
  expect(await (await request(`/${one.id}`)).json()).toMatchObject(none);
  const { groups } = await (await request("")).json();
  expect(groups).toMatchObject([{ n: 2, diverged: 1, testError: { mean: mlp[1]?.testError, sd: null, ci95: null } }]);
  expect(groups[0].runs).toMatchObject([none, { testError: mlp[1]?.testError }]);
  expect(groups[0].runs[1]).not.toHaveProperty("diverged");
});

test("a run that is not there, unfinished, or damaged is one line", async () => {
  const [, two, three] = mlp;
  await store.save(withWeights(one));
  await store.saveCheckpoint(three.id, new Uint8Array(3));
  for (const id of [two.id, three.id, one.id.slice(0, 8), "latest", "store.json", "damaged"])
    for (const path of [`/${id}`, `/${id}/weights`]) {
      const response = await request(path);
      expect(response.status).toBe(404);
      expect((await response.json()) as unknown).toEqual({
        error: expect.stringMatching(/^there is no finished run ".*$/),
      });
    }
  // Of the right size, so that only its digest tells.
  await writeFile(join(store.folder, one.id, "weights.safetensors"), new Uint8Array(1000));
  const damaged = await request(`/${one.id}`);
  expect(damaged.status).toBe(409);
  expect(((await damaged.json()) as { error: string }).error).toMatch(
    /weights\.safetensors does not have the SHA-256 .*: train it again$/,
  );
});

test.each<[string, (path: string) => Promise<unknown>]>([
  ["a link to itself", (path) => symlink("weights.safetensors", path)],
  ["a folder", (path) => mkdir(path)],
  ["nothing", async () => {}],
])("a run whose weights are %s is damaged in the list, and 409", async (_, put) => {
  await store.save(withWeights(one));
  const path = join(store.folder, one.id, "weights.safetensors");
  await rm(path);
  await put(path);
  expect((await document()).damaged).toMatchObject([{ id: one.id }]);
  for (const part of [`/${one.id}`, `/${one.id}/weights`]) {
    const response = await request(part);
    expect(response.status).toBe(409);
    expect(((await response.json()) as { error: string }).error).toMatch(
      /^[^\n]*(weights\.safetensors|cannot read)[^\n]*$/,
    );
  }
});

test("requests at the same time get the same document", async () => {
  for (const record of records) await store.save(withWeights(record));
  const answers = await Promise.all(Array.from({ length: 5 }, async () => (await request("")).text()));
  expect(new Set(answers).size).toBe(1);
  expect(JSON.parse(answers[0] ?? "").groups).toHaveLength(5);
});

test("a file that is not a run's does no harm, and is not read", async () => {
  await store.save(withWeights(one));
  await mkdir(join(store.folder, "0123456789abcdef"));
  await writeFile(join(store.folder, "fedcba9876543210"), "a file");
  await writeFile(join(store.folder, "notes.txt"), "mine");
  const { groups, damaged } = await document();
  expect(groups).toHaveLength(1);
  expect(damaged.map(({ id }) => id)).toEqual(["fedcba9876543210"]);
  expect(await readdir(store.folder)).toContain("notes.txt");
});

test("a store that cannot be read is tried again", async () => {
  await store.save(withWeights(one));
  const path = join(store.folder, "store.json");
  await writeFile(path, '{ "format": 99 }');
  const refused = await request("");
  expect(refused.status).toBe(500);
  expect(await refused.json()).toEqual({ error: expect.stringMatching(/is a run store of format 99, newer than/) });
  await writeFile(path, '{ "format": 1 }');
  expect((await document()).groups).toHaveLength(1);
});
