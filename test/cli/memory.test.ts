import { readdir } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pairlab, type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

const train = (flags: readonly string[], ...options: readonly string[]) =>
  pairlab(["train", "resnet", "--pairs", "60", "--epochs", "1", "--runs", folder.path, ...options], undefined, flags);

test("what the runtime has too little memory for is refused in one line before anything is written, and the largest batch fits", async () => {
  // 224 pages of 64 KiB.
  const little = ["--wasm-max-mem-pages=224"];
  const refused = await train(little, "--batch-size", "60");
  expect(refused.code).toBe(2);
  expect(refused.stdout).toBe("");
  const [, needed = 0, most = 0] =
    refused.stderr
      .match(
        /^error: resnet: 60 pairs in a batch need (\d+) MiB of memory, but this runtime gives at most 14 MiB: a batch size of up to (\d+) fits\n$/,
      )
      ?.map(Number) ?? [];
  expect(needed).toBeGreaterThan(14);
  expect(await readdir(folder.path)).toEqual([]);
  const more = await train(little, "--batch-size", String(most + 1));
  expect(more.code).toBe(2);
  expect(await readdir(folder.path)).toEqual([]);
  expect((await train(little, "--batch-size", String(most))).code).toBe(0);
  // What is in the store needs no memory.
  expect((await train(["--wasm-max-mem-pages=16"], "--batch-size", String(most))).code).toBe(0);
});

test("a comparison is refused before its first run where its last does not fit", async () => {
  const { code, stderr } = await pairlab([
    ...["compare", "quick", "best-ensemble:batch-size=4000", "--pairs", "4000", "--rounds", "2", "--epochs", "1"],
    ...["--runs", `${folder.path}/none`, "--out", `${folder.path}/none`],
  ]);
  expect(stderr).toMatch(
    /^error: best-ensemble: 4000 pairs in a batch need \d+ MiB of memory, but a network can have at most 4095 MiB: a batch size of up to \d+ fits\n$/,
  );
  expect(code).toBe(2);
  expect(await readdir(folder.path)).not.toContain("none");
});
