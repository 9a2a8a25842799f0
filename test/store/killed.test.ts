import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RunStore } from "../../src/node/index.js";
import { killedWhen, pairlab, type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

test("a run that is killed after a checkpoint goes on from there, to the same weights", async () => {
  const train = (runs: string) => [..."train one-by-one --epochs 60 --seed 5 --json --runs".split(" "), at(runs)];
  const alone = await pairlab(train("long-alone"));
  const { id, weightsSha256, epochs } = JSON.parse(alone.stdout);
  const checkpoint = at("long", id, "checkpoint.safetensors");
  const first = await killedWhen(train("long"), () =>
    stat(checkpoint).then(
      () => true,
      () => false,
    ),
  );
  expect(first.killed).toBe(true);
  expect(first.stderr).toMatch(/^epoch 1\/60/);
  expect(await new RunStore(at("long")).records()).toEqual({ records: [], damaged: [], unfinished: 1 });

  const second = await pairlab(train("long"));
  const begins = Number(/^epoch (\d+)\/60/.exec(second.stderr)?.[1]);
  expect(begins).toBeGreaterThan(1);
  const record = JSON.parse(second.stdout);
  expect(record.weightsSha256).toBe(weightsSha256);
  expect(record.epochs).toEqual(epochs);
  expect(await readdir(at("long", id))).not.toContain("checkpoint.safetensors");
}, 120_000);
