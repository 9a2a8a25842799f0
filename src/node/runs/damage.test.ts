import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sealed, sha256, syntheticRuns } from "../../../test/support/stored.js";
import { type FinishedRun, InvalidRequest } from "../../core/index.js";
import { RunStore } from "./store.js";

let folder: string;
let store: RunStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-runs-"));
  store = new RunStore(folder);
  await store.save(run);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const [run, other] = syntheticRuns() as [FinishedRun, FinishedRun];
const { id } = run.record;
const file = (...names: string[]): string => join(folder, id, ...names);

type Document = Record<string, unknown>;

/** Changes values of `run.json`, and its digest with them. */
async function forge(edit: (document: Document) => object): Promise<void> {
  await writeFile(file("run.json"), sealed(edit(JSON.parse(await readFile(file("run.json"), "utf8")))));
}

/** Changes the text of `run.json`, and its digest with it. */
async function forgeText(edit: (text: string) => string): Promise<void> {
  const text = edit(await readFile(file("run.json"), "utf8"));
  const body = text.slice(0, text.lastIndexOf('  "digest": "'));
  await writeFile(file("run.json"), `${body}  "digest": "${sha256(body)}"\n}\n`);
}

const replace = async (name: string, from: string | RegExp, to: string) =>
  writeFile(file(name), (await readFile(file(name), "utf8")).replace(from, to));

/** A file whose record names its digest, so that its own content has to be wrong. */
async function withEpochs(text: string): Promise<void> {
  await writeFile(file("epochs.jsonl"), text);
  const seal = { bytes: Buffer.byteLength(text), sha256: sha256(text) };
  await forge((document) => ({ ...document, files: { ...(document.files as object), "epochs.jsonl": seal } }));
}

const withTrunk = (document: Document, trunk: unknown[]): object => {
  const config = document.config as { network: object };
  return { ...document, config: { ...config, network: { ...config.network, trunk } } };
};

const edited = /run\.json was edited or cut short: its digest differs$/;
const foreign = /run\.json is not the record of run [0-9a-f]{16}$/;
const notAFile = /is not a file$/;

describe("a damaged run is not used, what is wrong is named, and it is moved away whole", () => {
  it.each<[string, () => Promise<unknown> | unknown, RegExp]>([
    [
      "an error made smaller",
      () => replace("run.json", `"testError": ${run.record.testError}`, '"testError": 0'),
      edited,
    ],
    ["one digit of a time", () => replace("run.json", '"seconds": 4', '"seconds": 3'), edited],
    ["a space more", () => replace("run.json", '"seed": ', '"seed":  '), edited],
    ["a line at its end", () => replace("run.json", /$/, "\n"), edited],
    ["a truncated record", () => truncate(file("run.json"), 100), edited],
    ["an empty record", () => truncate(file("run.json"), 0), edited],
    ["another program's JSON", () => writeFile(file("run.json"), '{"name": "other"}'), edited],
    ["another run's folder", () => anotherRunsFolder(), foreign],
    ["a sealed record of another run", () => forge((record) => ({ ...record, id: "0".repeat(16) })), foreign],
    ["a sealed record with impossible values", () => forge((record) => ({ ...record, testError: 1.5 })), foreign],
    ["a sealed record without an error", () => forge((record) => ({ ...record, testError: null })), foreign],
    [
      "a sealed record with errors of a run that diverged",
      () => forge((record) => ({ ...record, diverged: { epoch: 1, step: 1, what: "loss" } })),
      foreign,
    ],
    ["a sealed record that lacks a part", () => forge(({ seconds: _, ...rest }) => rest), foreign],
    ["a sealed record that lacks settings", () => forge(({ config: _, ...rest }) => rest), foreign],
    [
      "a sealed record with a layer of an unknown kind",
      () => forge((r) => withTrunk(r, [{ kind: "attention" }])),
      foreign,
    ],
    [
      "a sealed record of 20,000 residual layers within each other",
      () =>
        forgeText((text) =>
          text.replace(
            '"trunk": [',
            `"trunk": [${'{"kind":"residual","shortcut":[],"layers":['.repeat(20_000)}${"]}".repeat(20_000)},`,
          ),
        ),
      foreign,
    ],
    [
      "a sealed record with settings twice",
      () => forgeText((text) => text.replace('"epochs": ', '"epochs": 1, "epochs": ')),
      foreign,
    ],
    ["the digest of other weights", () => forge((r) => ({ ...r, weightsSha256: "0".repeat(64) })), foreign],
    ["a folder in place of the record", () => inTheWay("run.json"), /run\.json is not a file$/],
    ["a pipe in place of the record", () => pipe("run.json"), /run\.json/],
    [
      "truncated weights",
      () => truncate(file("weights.safetensors"), 999),
      /has 999 bytes, not the 1000 that run\.json names$/,
    ],
    [
      "other weights",
      () =>
        writeFile(
          file("weights.safetensors"),
          other.weights.map((b) => b ^ 1),
        ),
      /weights\.safetensors does not have the SHA-256 that run\.json names$/,
    ],
    ["no weights", () => rm(file("weights.safetensors")), /weights\.safetensors is missing$/],
    ["weights that lead nowhere", () => link("weights.safetensors"), /weights\.safetensors is missing$/],
    ["a folder in place of the weights", () => inTheWay("weights.safetensors"), notAFile],
    ["a pipe in place of the weights", () => pipe("weights.safetensors"), notAFile],
    ["no epochs", () => rm(file("epochs.jsonl")), /epochs\.jsonl is missing$/],
    [
      "an edited epoch",
      () => replace("epochs.jsonl", '"epoch":1', '"epoch":2'),
      /epochs\.jsonl does not have the SHA-256 that run\.json names$/,
    ],
    [
      "sealed epochs that are none",
      () => withEpochs("epoch 1\n"),
      /epochs\.jsonl does not hold an epoch on each line$/,
    ],
    ["sealed epochs without one", () => withEpochs(""), /epochs\.jsonl does not hold an epoch on each line$/],
    [
      "sealed epochs with an impossible loss",
      () => withEpochs('{"epoch":1,"trainLoss":"much","testLoss":1,"trainAccuracy":1,"testAccuracy":1}\n'),
      /does not hold an epoch on each line$/,
    ],
    ["no record, and no checkpoint", () => rm(file("run.json")), /[0-9a-f]{16} has epochs\.jsonl but no run\.json$/],
    ["a file in place of the folder", () => fileForFolder(), /[0-9a-f]{16} is not a folder$/],
  ])("%s", async (_, damage, expected) => {
    await damage();
    const found = await store.find(id);
    expect(found).toEqual({ damage: expect.stringMatching(expected) });
    await expect(store.resolve(id)).rejects.toThrow(InvalidRequest);
    const aside = await store.setAside(id);
    expect(aside).toBe(join(folder, "damaged", `${id}-1`));
    expect((await readdir(aside)).length).toBeGreaterThan(0);
    expect(await store.find(id)).toBeUndefined();
    await store.save(run);
    expect(await store.find(id)).toEqual(run);
  });

  const inTheWay = async (name: string) => {
    await rm(file(name));
    await mkdir(file(name, "deep"), { recursive: true });
  };
  const pipe = async (name: string) => {
    await rm(file(name));
    execFileSync("mkfifo", [file(name)]);
  };
  const link = async (name: string) => {
    await rm(file(name));
    await symlink("nowhere", file(name));
  };
  const anotherRunsFolder = async () => {
    await store.save(other);
    await rm(join(folder, id), { recursive: true });
    await cp(join(folder, other.record.id), join(folder, id), { recursive: true });
  };
  const fileForFolder = async () => {
    await rm(join(folder, id), { recursive: true });
    await writeFile(join(folder, id), "a file");
  };
});

describe("what was moved away", () => {
  it("is never overwritten: each has a folder of its own, with the bytes as they were", async () => {
    for (const text of ["first", "second", "third"]) {
      await writeFile(file("weights.safetensors"), text);
      await store.setAside(id);
      await store.save(run);
    }
    const asides = await Promise.all(
      ["1", "2", "3"].map((n) => readFile(join(folder, "damaged", `${id}-${n}`, "weights.safetensors"), "utf8")),
    );
    expect(asides).toEqual(["first", "second", "third"]);
  });

  it("is never overwritten: saving moves a damaged run out of the way", async () => {
    await truncate(file("run.json"), 10);
    await store.save(run);
    expect((await readFile(join(folder, "damaged", `${id}-1`, "run.json"))).length).toBe(10);
    expect(await store.find(id)).toEqual(run);
  });

  it("stays where it is when there is no place for it, and one line says so", async () => {
    await writeFile(join(folder, "damaged"), "a file");
    await truncate(file("run.json"), 10);
    await expect(store.setAside(id)).rejects.toThrow(
      /^cannot move \S+ into \S+damaged: there is a file of that name; /,
    );
    expect((await readFile(file("run.json"))).length).toBe(10);
  });
});

describe("somebody's own files in a run's folder", () => {
  it("do not hurt, and stay when a run is moved away", async () => {
    await writeFile(file("notes.txt"), "mine");
    expect(await store.find(id)).toEqual(run);
    await rename(file("weights.safetensors"), file("weights.bak"));
    await store.setAside(id);
    expect((await readdir(join(folder, id))).sort()).toEqual(["notes.txt", "weights.bak"]);
    expect(await store.find(id)).toBeUndefined();
  });
});

it("a folder with nothing of a run, or only what a killed process was writing, is nothing", async () => {
  for (const name of ["run.json", "epochs.jsonl", "weights.safetensors"]) await rm(file(name));
  expect(await store.find(id)).toBeUndefined();
  await writeFile(file("run.json.1-0123abcd-0123abcd.tmp"), "{");
  expect(await store.find(id)).toBeUndefined();
  expect((await store.records()).damaged).toEqual([]);
});

it("a checkpoint with a part of the run beside it, as after a kill while that was written, is an unfinished run", async () => {
  await rm(file("run.json"));
  await writeFile(file("checkpoint.safetensors"), "state");
  expect(await store.find(id)).toBeUndefined();
  expect(await store.records()).toMatchObject({ damaged: [], unfinished: 1 });
  await store.save(run);
  expect(await store.find(id)).toEqual(run);
  expect((await readdir(join(folder, id))).sort()).toEqual(["epochs.jsonl", "run.json", "weights.safetensors"]);
});

it("anything but a file in place of a checkpoint counts as one that no job takes", async () => {
  await mkdir(file("checkpoint.safetensors"));
  expect(await store.checkpoint(id)).toEqual(new Uint8Array());
});
