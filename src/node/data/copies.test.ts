import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { classes, dotted, type Files, writeFiles } from "../../../test/support/datasets.js";
import { type TemporaryFolder, temporaryFolder } from "../../../test/support/pairlab.js";
import { copiesApart, copiesIn } from "./copies.js";
import { loadDataset } from "./load-dataset.js";

let folder: TemporaryFolder;
let number = 0;
beforeAll(async () => {
  folder = await temporaryFolder();
  process.env.PAIRLAB_CACHE = `${folder.path}/cache`;
});
afterAll(() => folder.remove());

const load = (files: Files, name = "") => loadDataset(`${writeFiles(`${folder.path}/${++number}`, files)}${name}`);
const six = classes(["a", "b", "c", "d", "e", "f"], 4);

describe("copies of images", () => {
  test("under another class can be in training and in a test of a split by class", async () => {
    const dataset = await load({
      ...six,
      "b/copy.png": six["a/0.png"] as Uint8Array,
      "c/copy.png": six["a/0.png"] as Uint8Array,
    });
    expect(copiesIn(dataset)).toEqual({
      ...{ inOneSplit: 2, acrossSplits: 0, betweenClasses: 2, example: ["a/0.png", "b/copy.png"] },
      underTwoClasses: [
        ["a/0.png", "b/copy.png"],
        ["a/0.png", "c/copy.png"],
      ],
    });
    expect(copiesApart(dataset, "classes")).toBe(
      `${dataset.identity.name}: 2 images are copies of images of another class, so that networks can be tested on what they were trained on: give a picture one class, or take it out; data show --json lists them`,
    );
  });

  test("in their own class can where images are split, and cannot where classes are", async () => {
    const dataset = await load({ ...six, "a/copy.png": six["a/0.png"] as Uint8Array });
    expect(copiesApart(dataset, "classes")).toBeUndefined();
    expect(copiesApart(dataset, "images")).toBe(
      `${dataset.identity.name}: 1 image is a copy of others, so that networks can be tested on what they were trained on: take copies out, or split by class (--split classes)`,
    );
  });

  test("can where folders say the split, if they are in two splits", async () => {
    const split = classes(["train/a", "train/b", "test/a", "test/b"]);
    const own = await load({ ...split, "train/a/copy.png": split["train/a/0.png"] as Uint8Array });
    expect(copiesApart(own, "images")).toBeUndefined();
    const other = await load({ ...split, "test/a/copy.png": split["train/a/0.png"] as Uint8Array });
    expect(copiesApart(other, "images")).toMatch(
      /: 1 image is a copy of images of another split, so that .*: take copies out$/,
    );
  });

  test("can in lists of pairs, where they are pictures of several names", async () => {
    const names = Array.from({ length: 40 }, (_, i) => `${i}.png`);
    const pictures = Object.fromEntries(names.map((name, i) => [name, dotted(i)]));
    const rows = (copies: number) =>
      [
        "a,b,same,split",
        ...names.flatMap((_, i) =>
          i % 2 ? [] : [`${i}.png,${i + 1}.png,${(i / 2) % 2},${i < 30 ? "train" : "test"}`],
        ),
        ...Array.from({ length: copies }, (_, i) => `copy${i}.png,other${i}.png,${i % 2},test`),
      ].join("\n");
    const files = (copies: number): Files => ({
      ...pictures,
      ...Object.fromEntries(Array.from({ length: copies }, (_, i) => [`copy${i}.png`, dotted(i)])),
      ...Object.fromEntries(Array.from({ length: copies }, (_, i) => [`other${i}.png`, dotted(100 + i)])),
      "pairs.csv": rows(copies),
    });
    expect(copiesApart(await load(files(0), "/pairs.csv"), "images")).toBeUndefined();
    const dataset = await load(files(8), "/pairs.csv");
    const { listed, train } = dataset;
    const training = new Set(listed?.training.images);
    // Those of the first eight pictures that training pairs have.
    const pixels = (image: number) => train.pixels.subarray(image * 64, (image + 1) * 64).join();
    const copied = new Set([...training].map(pixels));
    const there = [...new Set(listed?.test.images)].filter((image) => copied.has(pixels(image)));
    expect(there.length).toBeGreaterThan(0);
    expect(copiesApart(dataset, "images")).toBe(
      `pairs.csv: ${there.length === 1 ? "1 image is" : `${there.length} images are`} in validation or test pairs and, under another name, in training pairs: name one file wherever a picture is meant`,
    );
  });
});

test("MNIST has none, and is not looked through", async () => {
  expect(copiesApart(await loadDataset(), "images")).toBeUndefined();
});
