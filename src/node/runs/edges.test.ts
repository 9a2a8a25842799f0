import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sealed, syntheticRuns } from "../../../test/support/stored.js";
import { InvalidRequest } from "../../core/errors.js";
import type { FinishedRun } from "../../core/index.js";
import { inspectRun } from "./inspect.js";
import { removeRun } from "./remove.js";
import { RunStore } from "./store.js";

const [run] = syntheticRuns() as [FinishedRun];
const { record } = run;
const { id } = record;

let folder: string;
let store: RunStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-edges-"));
  store = new RunStore(folder);
  await store.save(run);
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const at = (...names: string[]): string => join(folder, ...names);
const found = () => inspectRun(at(id), id);

describe("what stands in the way of a run's files is damage, in one line", () => {
  it("a link that leads nowhere in the folder's place, and nothing at all", async () => {
    await rm(at(id), { recursive: true });
    expect(found()).toBe("nothing");
    await symlink("nowhere", at(id));
    expect(found()).toEqual({ damage: `${at(id)} is a link that leads nowhere` });
  });

  it.each(["run.json", "epochs.jsonl", "weights.safetensors"])("a folder for %s", async (name) => {
    await rm(at(id, name));
    await mkdir(at(id, name));
    const damage = `${at(id, name)} is not a file`;
    expect(found()).toEqual({ damage });
    expect(await store.find(id)).toEqual({ damage });
  });

  it("a link in a circle for the record", async () => {
    await rm(at(id, "run.json"));
    await symlink("run.json", at(id, "run.json"));
    expect(found()).toEqual({ damage: `${at(id, "run.json")} is not a file` });
  });
});

describe("a run is removed", () => {
  it("with what a killed process left, and the folder with it", async () => {
    await removeRun(at(id));
    expect(await readdir(folder)).toEqual(["store.json"]);
  });

  it("and files that are not a run's stay, with their folder", async () => {
    await writeFile(at(id, "notes.txt"), "mine");
    await removeRun(at(id));
    expect(await readdir(at(id))).toEqual(["notes.txt"]);
  });

  it("as the link that it is: what it leads to stays", async () => {
    await symlink(id, at("f".repeat(16)));
    await removeRun(at("f".repeat(16)));
    expect(await readdir(folder)).toContain(id);
    expect((await lstat(at(id, "run.json"))).isFile()).toBe(true);
    await expect(removeRun(at("nowhere"))).rejects.toThrow(/^cannot remove .*nowhere: .*; see who may write there$/);
  });
});

describe("store.json", () => {
  it.each(['{"format":0}', '{"format":1.5}', '{"format":-1}', '{"format":"1"}', "{}", "null", ""])(
    "of %j is refused",
    async (text) => {
      await writeFile(at("store.json"), text);
      await expect(new RunStore(folder).records()).rejects.toThrow(
        'does not belong to a run store: it should say { "format": 1 }',
      );
    },
  );

  it("that is not a file is refused", async () => {
    await rm(at("store.json"));
    await mkdir(at("store.json"));
    await expect(new RunStore(folder).records()).rejects.toThrow(/store\.json .*; name another run store$/);
  });
});

describe("how a run does on all pairs", () => {
  const NAME = "all-test-pairs.json";
  it.each([
    [0, true],
    [1, true],
    [-0.1, false],
    [1.1, false],
  ])("with an error of %d: believed %s", async (testError, isBelieved) => {
    const { weightsSha256, config } = record;
    const document = { id, weightsSha256, dataset: config.dataset.sha256, pairs: 50, testError };
    await writeFile(at(id, NAME), sealed(document));
    expect(await store.evaluation(record, 50)).toEqual(isBelieved ? { pairs: 50, testError } : undefined);
  });

  it("is not kept where the run is gone, and nothing is said: it can be measured again", async () => {
    await rm(at(id), { recursive: true });
    await store.saveEvaluation(record, { pairs: 50, testError: 0.5 });
    expect(await store.evaluation(record, 50)).toBeUndefined();
  });
});

it("a run that is gone cannot be used, and one line says so", async () => {
  await rm(at(id), { recursive: true });
  await expect(store.touch(id)).rejects.toThrow(new RegExp(`^cannot use run ${id} in .*: .*; train it again$`));
});

it("a run that is there is the latest once it is used, and ends its checkpoint", async () => {
  await store.saveCheckpoint(id, new Uint8Array(3));
  const before = Date.now();
  await store.touch(id);
  expect((await stat(at(id, "run.json"))).mtimeMs).toBeGreaterThanOrEqual(before - 1);
  expect(await readdir(at(id))).not.toContain("checkpoint.safetensors");
});

it("a run can be kept where its folder is not there yet, or can be written in, and not where a file is in its place", async () => {
  await store.checkRunWritable("f".repeat(16));
  await chmod(at(id), 0o700);
  await store.checkRunWritable(id);
  await writeFile(at("e".repeat(16)), "");
  await expect(store.checkRunWritable("e".repeat(16))).rejects.toThrow(InvalidRequest);
  await expect(store.saveCheckpoint("e".repeat(16), new Uint8Array())).rejects.toThrow("name another run store");
});

it("a store is cleaned of what killed processes left, and says of what format it is", async () => {
  expect(JSON.parse(await readFile(at("store.json"), "utf8"))).toEqual({ format: 1 });
  await store.clean();
  expect((await readdir(folder)).sort()).toEqual([id, "store.json"].sort());
  expect(await store.find(id)).toEqual(run);
});
