import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { augmentations } from "../src/core/data/augmentation.js";
import { encodeIdx } from "../src/core/data/idx-array.js";
import type { ImageSets } from "../src/core/data/pools.js";
import { DIGIT_PAIRS } from "../src/core/network/index.js";
import { type Job, makeJob, pairsOfJob, type SettingOverrides } from "../src/core/training/index.js";
import { firstPairs, type ZippedFirst } from "../src/node/server/first-pairs.js";
import { firstSets, hasPairsOf } from "../src/web/images/first.js";
import { digits } from "./support/digits.js";
import { engine } from "./support/jobs.js";

let images: ImageSets;
let zipped: ZippedFirst;
let sets: ImageSets;

const labelFile = ({ labels }: ImageSets["train"]) => ({
  name: "labels",
  bytes: encodeIdx({ sizes: [labels.length], data: labels }),
});

beforeAll(async () => {
  images = await digits();
  zipped = (await firstPairs(images, 12e6)) as ZippedFirst;
  const file = { name: "first-pairs", bytes: new Uint8Array(gunzipSync(zipped.bytes)) };
  sets = firstSets(zipped.file, file, { train: labelFile(images.train), test: labelFile(images.test) });
});

const jobOf = (seed: number, settings: SettingOverrides): Job =>
  makeJob("mlp", seed, { name: "MNIST", sha256: "0".repeat(64), shape: DIGIT_PAIRS }, engine, settings);

test("the file is small, and the manifest says what is in it", () => {
  const { file, bytes } = zipped;
  const whole = gunzipSync(bytes);
  expect(bytes.length).toBeLessThan(380_000);
  expect(file).toEqual({
    ...{ name: "first-pairs", path: "data/first-pairs.gz", bytes: bytes.length, size: whole.length },
    ...{ sha256: createHash("sha256").update(whole).digest("hex") },
    ...{ seed: 0, trainPairs: 1000, testPairs: 1000, height: 14, width: 14 },
  });
});

describe.each<[string, SettingOverrides]>([
  ["the usual", {}],
  ["fewer", { trainPairs: 60, testPairs: 7 }],
  ["about another question", { relation: "less" }],
  ["of a network that augments", { augmentation: augmentations.mild }],
])("pairs that are there: %s", (_, settings) => {
  test("they are those of all images, to the bit", () => {
    const job = jobOf(0, settings);
    expect(hasPairsOf(job, sets)).toBe(true);
    const [few, all] = [pairsOfJob(job, sets), pairsOfJob(job, images)];
    for (const which of ["train", "test"] as const) {
      const { images: own, ...others } = few[which];
      const { images: due, ...expected } = all[which];
      expect(Buffer.compare(Buffer.from(own.buffer), Buffer.from(due.buffer))).toBe(0);
      expect(others).toEqual(expected);
    }
  });
});

test.each<[string, number, SettingOverrides]>([
  ["another seed", 1, {}],
  ["another seed of the pairs alone", 0, { dataSeed: 1 }],
  ["a training pair more", 0, { trainPairs: 1001 }],
  ["a test pair more", 0, { testPairs: 1001 }],
  ["validation pairs", 0, { evaluateOn: "validation" }],
  ["balanced pairs", 0, { balance: true }],
  ["images in several pairs", 0, { reuse: true }],
  ["pairs of other classes", 0, { split: "classes" }],
])("pairs that need all images: %s", (_, seed, settings) => {
  expect(hasPairsOf(jobOf(seed, settings), sets)).toBe(false);
  expect(hasPairsOf(jobOf(seed, settings), images)).toBe(true);
});

test("there is no such file where it saves little, or the images are too few", async () => {
  expect(await firstPairs(images, 3 * zipped.bytes.length)).toBeUndefined();
  const few = (count: number) => ({ ...images.test, count, labels: images.test.labels.slice(0, count) });
  expect(await firstPairs({ train: images.train, test: few(1999) }, 12e6)).toBeUndefined();
});

test("a file of other images is none", () => {
  const whole = new Uint8Array(gunzipSync(zipped.bytes));
  const labels = { train: labelFile(images.train), test: labelFile(images.test) };
  const cut = { name: "first-pairs", bytes: whole.subarray(1) };
  expect(() => firstSets(zipped.file, cut, labels)).toThrow("first-pairs has other images than site.json says");
  const words = { name: "labels", bytes: encodeIdx({ sizes: [5000], data: new Uint16Array(5000) }) };
  const file = { name: "first-pairs", bytes: whole };
  expect(() => firstSets(zipped.file, file, { ...labels, train: words })).toThrow("labels must have numbers of 8 bits");
});
