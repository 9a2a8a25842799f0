import { readFileSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { compileKernels, DIGIT_PAIRS, InvalidRequest, makeJob } from "../../core/index.js";
import { loadDataset } from "../data/load-dataset.js";
import { fusedGain, isFirst, wasSaid } from "./fused-gain.js";

const before = process.env.PAIRLAB_CACHE;
afterEach(() => {
  if (before === undefined) delete process.env.PAIRLAB_CACHE;
  else process.env.PAIRLAB_CACHE = before;
});

test("the fused build's gain is a ratio of times, also for a run that is shorter than its measurement", async () => {
  const dataset = await loadDataset();
  const shaped = { ...dataset.identity, shape: DIGIT_PAIRS };
  const settings = { epochs: 1, trainPairs: 20, testPairs: 20, batchSize: 10 };
  const job = makeJob("mlp", 0, shaped, { version: "0", simd: "base", kernels: "0" }, settings);
  const kernels = compileKernels(readFileSync(new URL("../../../dist/core/kernels/kernels.wasm", import.meta.url)));
  const gain = fusedGain(job, dataset, kernels, () => kernels);
  expect(gain).toBeGreaterThan(0);
  expect(gain).toBeLessThan(Number.POSITIVE_INFINITY);
  const refused = () => {
    throw new InvalidRequest("it rounds twice");
  };
  expect(fusedGain(job, dataset, kernels, refused)).toBeUndefined();
});

test("it is the first time once, and never where that cannot be kept", async () => {
  const folder = await mkdtemp(join(tmpdir(), "pairlab-"));
  process.env.PAIRLAB_CACHE = join(folder, "cache");
  expect(wasSaid()).toBe(false);
  expect([await isFirst(), await isFirst(), wasSaid()]).toEqual([true, false, true]);
  expect(await readdir(join(folder, "cache"))).toEqual(["said-fused"]);
  process.env.PAIRLAB_CACHE = join(folder, "cache/said-fused");
  expect([await isFirst(), wasSaid()]).toEqual([false, false]);
  await rm(folder, { recursive: true });
});
