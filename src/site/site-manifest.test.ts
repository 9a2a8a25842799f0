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
  expect(isSiteManifest({ ...good, network: ["192.168.0.7", "[fd00::7]"] })).toBe(true);
  expect(isSiteManifest(withFile({ bytes: 0 }))).toBe(true);
});

test("a project's networks and question are checked where they are used", () => {
  expect(isSiteManifest({ ...good, architectures: [{ name: "mine" }], relation: "less" })).toBe(true);
  expect(isSiteManifest({ ...good, architectures: [{ anything: 1 }], relation: "nothing" })).toBe(true);
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
  ["networks that are no list", { ...good, architectures: {} }],
  ["networks that are no objects", { ...good, architectures: [{}, null] }],
  ["a question that is no text", { ...good, relation: 3 }],
  ["a network that is no list", { ...good, network: "192.168.0.7" }],
  ["hosts that are no text", { ...good, network: [7] }],
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

const described = {
  ...{ sha256: "0f".repeat(32), height: 8, width: 9, channels: 3, bits: 16, pooling: 1, classes: 2 },
  splits: [{ name: "all", count: 6 }],
};
const ofFlags = (changes: object = {}, sizes = [20 + 6 * 3 * 8 * 9 * 2, 8 + 6]) => ({
  ...good,
  dataset: {
    name: "flags",
    files: ["all images", "all labels"].map((role, i) => ({ ...good.dataset.files[0], role, size: sizes[i] })),
    images: { ...described, ...changes },
  },
});

test("described images are a manifest, with what is known of their classes", () => {
  expect(isSiteManifest(ofFlags())).toBe(true);
  const meaning = {
    names: ["ad", "ae"],
    values: [0.5, -1],
    background: [255, 0, 7],
    fit: "pad",
    options: ["--size 8x9"],
  };
  expect(isSiteManifest(ofFlags(meaning))).toBe(true);
  expect(isSiteManifest(ofFlags({ classes: 257 }, [20 + 6 * 3 * 8 * 9 * 2, 8 + 12]))).toBe(true);
});

test.each<[string, object]>([
  ["a height of nothing", { height: 0 }],
  ["two channels", { channels: 2 }],
  ["12 bits", { bits: 12 }],
  ["other bits than its file has", { bits: 8 }],
  ["more images than its file has", { splits: [{ name: "all", count: 7 }] }],
  ["a split that is none", { splits: [{ name: "half", count: 6 }] }],
  [
    "splits of other files",
    {
      splits: [
        { name: "train", count: 6 },
        { name: "test", count: 6 },
      ],
    },
  ],
  ["no splits", { splits: [] }],
  ["pooling by three", { pooling: 3 }],
  ["no class", { classes: 0 }],
  ["more classes than 16 bits tell apart", { classes: 65_537 }],
  ["a name too few", { names: ["ad"] }],
  ["names that are numbers", { names: [1, 2] }],
  ["values that are none", { values: [0, null] }],
  ["a background of one channel", { background: [0] }],
  ["a background above 255", { background: [0, 256, 0] }],
  ["an unknown fit", { fit: "squeeze" }],
  ["options that are none", { options: [7] }],
  ["a digest cut short", { sha256: "0f" }],
])("images with %s are none", (_, changes) => expect(isSiteManifest(ofFlags(changes))).toBe(false));

const ofList = (changes: object = {}, { listed = {}, pairs = 7 } = {}) => {
  const given = { relation: "listed-match", share: 0.25, pairs: { training: 4, validation: 0, test: 3 }, ...listed };
  const site = ofFlags({ classes: 0, listed: given, ...changes });
  const file = { ...good.dataset.files[0], role: "listed pairs", size: 4 + 4 * 2 + pairs * 3 * 4 };
  return { ...site, dataset: { ...site.dataset, files: [...site.dataset.files, file] } };
};

test("a list of pairs is a manifest, with classes and without", () => {
  expect(isSiteManifest(ofList())).toBe(true);
  expect(isSiteManifest(ofList({ classes: 2, names: ["ad", "ae"] }))).toBe(true);
});

test.each<[string, unknown]>([
  ["an unknown question", ofList({}, { listed: { relation: "less" } })],
  ["a share above 1", ofList({}, { listed: { share: 1.5 } })],
  ["no share", ofList({}, { listed: { share: undefined } })],
  ["no training pairs", ofList({}, { listed: { pairs: { training: 0, validation: 0, test: 7 } } })],
  ["half a test pair", ofList({}, { listed: { pairs: { training: 4, validation: 0, test: 0.5 } } })],
  ["more pairs than its file has", ofList({}, { pairs: 6 })],
  [
    "no file of pairs",
    ofFlags({ listed: { relation: "listed-match", share: 0.25, pairs: { training: 4, validation: 0, test: 3 } } }),
  ],
  ["images in splits", ofList({ splits: [{ name: "train", count: 6 }] })],
])("a list with %s is none", (_, value) => expect(isSiteManifest(value)).toBe(false));

const first = {
  ...{ name: "first-pairs", path: "data/first-pairs.gz", bytes: 100, size: 60, sha256: "0f".repeat(32) },
  ...{ seed: 0, trainPairs: 3, testPairs: 2, height: 2, width: 3 },
};
const withFirst = (changes: object = {}) => ({
  ...good,
  dataset: { ...good.dataset, first: { ...first, ...changes } },
});

test("the first pairs of a data set without a description are in a manifest", () => {
  for (const changes of [{}, { size: 75 }, { size: 119 }, { seed: 7 }])
    expect(isSiteManifest(withFirst(changes))).toBe(true);
});

test.each<[string, unknown]>([
  ["nothing", { ...good, dataset: { ...good.dataset, first: null } }],
  ["no seed", withFirst({ seed: undefined })],
  ["a seed below 0", withFirst({ seed: -1 })],
  ["no training pairs", withFirst({ trainPairs: 0 })],
  ["half a test pair", withFirst({ testPairs: 1.5 })],
  ["no height", withFirst({ height: 0 })],
  ["fewer bytes than pixels", withFirst({ size: 59 })],
  ["two bytes for each pixel", withFirst({ size: 120 })],
  ["more images than memory", withFirst({ trainPairs: 2 ** 30 })],
  ["a digest cut short", withFirst({ sha256: "0f" })],
  ["images that are described", { ...ofFlags(), dataset: { ...ofFlags().dataset, first } }],
])("first pairs of %s are none", (_, value) => expect(isSiteManifest(value)).toBe(false));
