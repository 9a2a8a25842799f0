import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, it } from "vitest";
import { idx } from "../../../test/support/idx.js";
import { samplePairSet } from "../../core/index.js";
import { imagesDrawnBy, noImages } from "./keep.js";
import { loadDataset } from "./load-dataset.js";

const TRAIN_IMAGES = "train-images-idx3-ubyte";
const IMAGES = idx(
  [3, 4, 2],
  Uint8Array.from({ length: 24 }, (_, i) => 7 * i),
);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-keep-"));
  await writeFile(join(folder, TRAIN_IMAGES), IMAGES);
  await writeFile(join(folder, "train-labels-idx1-ubyte"), idx([3], [5, 0, 9]));
  await writeFile(join(folder, "t10k-images-idx3-ubyte"), idx([2, 4, 2], new Uint8Array(16).fill(11)));
  await writeFile(join(folder, "t10k-labels-idx1-ubyte"), idx([2], [1, 8]));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function expectSamePairs(
  path: string | undefined,
  trainPairs: number,
  testPairs: number,
  evaluateOn: "test" | "validation" = "test",
): Promise<void> {
  const options = { trainPairs, testPairs, evaluateOn };
  const [all, few] = [await loadDataset(path), await loadDataset(path, { choice: imagesDrawnBy(5, options) })];
  expect(samplePairSet(few, 5, options)).toEqual(samplePairSet(all, 5, options));
  expect(few.identity).toEqual(all.identity);
  const heldPairs = evaluateOn === "test" ? trainPairs : trainPairs + testPairs;
  expect(few.train.pixels.length).toBe(2 * heldPairs * few.train.height * few.train.width);
}

it("the images that a seed draws make the same pairs as all images do", () => expectSamePairs(undefined, 30, 20));

it("so do those that it trains and is validated on", () => expectSamePairs(undefined, 30, 20, "validation"));

it("so they do from a gzipped file", async () => {
  await writeFile(join(folder, `${TRAIN_IMAGES}.gz`), gzipSync(IMAGES));
  await rm(join(folder, TRAIN_IMAGES));
  await expectSamePairs(folder, 1, 1);
});

it("the identity is that of every byte, also of images that are not kept", async () => {
  const before = (await loadDataset(folder, { choice: noImages })).identity.sha256;
  await writeFile(join(folder, TRAIN_IMAGES), IMAGES.with(-1, 3));
  expect((await loadDataset(folder, { choice: noImages })).identity.sha256).not.toBe(before);
});

it("a file that is not whole is refused, whatever would be kept of it", async () => {
  await writeFile(join(folder, TRAIN_IMAGES), IMAGES.subarray(0, -1));
  await expect(loadDataset(folder, { choice: imagesDrawnBy(5, { trainPairs: 1, testPairs: 1 }) })).rejects.toThrow(
    /train-images-idx3-ubyte is truncated: 39 bytes/,
  );
});
