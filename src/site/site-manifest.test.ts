import { expect, test } from "vitest";
import { isSiteManifest } from "./site-manifest.js";

const files = ["train images", "train labels", "test images", "test labels"].map((role) => ({
  role,
  name: "images",
  path: "data/images.gz",
  bytes: 100,
  size: 1000,
  sha256: "0f".repeat(32),
}));
const good = { version: "0.1.0", dataset: { name: "MNIST", files }, runs: null };
const withFile = (changes: object) => ({
  ...good,
  dataset: { name: "MNIST", files: [{ ...files[0], ...changes }, ...files.slice(1)] },
});

test("a site with its four files is one, with a run store and without", () => {
  expect(isSiteManifest(good)).toBe(true);
  expect(isSiteManifest({ ...good, runs: "api/runs" })).toBe(true);
  expect(isSiteManifest(withFile({ bytes: 0 }))).toBe(true);
});

test.each<[string, unknown]>([
  ["nothing", undefined],
  ["a page", "<!doctype html>"],
  ["null", null],
  ["a list", []],
  ["no version", { ...good, version: 1 }],
  ["a data set without name", { ...good, dataset: { files } }],
  ["a run store by number", { ...good, runs: 1 }],
  ["no word on a run store", { ...good, runs: undefined }],
  ["five files", { ...good, dataset: { name: "MNIST", files: [...files, files[3]] } }],
  ["three files", { ...good, dataset: { name: "MNIST", files: files.slice(1) } }],
  ["files in another order", { ...good, dataset: { name: "MNIST", files: files.toReversed() } }],
  ["a size that is no number", withFile({ size: "1000" })],
  ["a size of 3 GiB", withFile({ size: 3 * 2 ** 30 })],
  ["a size below 0", withFile({ size: -1 })],
  ["half a byte", withFile({ bytes: 0.5 })],
  ["a digest cut short", withFile({ sha256: "0f" })],
  ["a digest with more before it", withFile({ sha256: `0${"0f".repeat(32)}` })],
  ["a digest with more behind it", withFile({ sha256: `${"0f".repeat(32)}0` })],
  ["a list of a digest", withFile({ sha256: ["0f".repeat(32)] })],
  ["a name that is none", withFile({ name: null })],
  ["a path that is none", withFile({ path: null })],
])("%s is none", (_, value) => expect(isSiteManifest(value)).toBe(false));
