import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { classes, dotted, type Files, png, writeFiles } from "../../../test/support/datasets.js";
import { idx } from "../../../test/support/idx.js";
import { decodePicture } from "../../core/pictures/index.js";
import { pictureCodecs } from "./codecs.js";
import { contactSheet, describeDataset } from "./describe.js";
import { loadDataset } from "./load-dataset.js";

let folder: string;
let number = 0;
const before = process.env.PAIRLAB_CACHE;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pairlab-describe-"));
  process.env.PAIRLAB_CACHE = join(folder, "cache");
});
afterAll(() => {
  if (before === undefined) delete process.env.PAIRLAB_CACHE;
  else process.env.PAIRLAB_CACHE = before;
  rmSync(folder, { recursive: true, force: true });
});

const load = (files: Files, options = {}) => loadDataset(writeFiles(join(folder, `data ${number++}`), files), options);
const sheetOf = async (files: Files) =>
  decodePicture(await contactSheet(await load(files)), "sheet.png", pictureCodecs());

describe("a description", () => {
  it("counts the images of each class in each split, and what is passed over", async () => {
    const files = {
      ...classes(["train/a", "train/b"], 3),
      ...classes(["test/b", "test/c"], 1, 8),
      "train/notes.txt": "",
    };
    const described = describeDataset(await load(files));
    expect(described).toMatchObject({
      ...{ layout: "folders of classes", passedOver: 1, height: 8, width: 8, channels: 1 },
      splits: [
        { name: "train", images: 6 },
        { name: "test", images: 2 },
      ],
      classes: [
        { name: "a", images: [3, 0] },
        { name: "b", images: [3, 1] },
        { name: "c", images: [0, 1] },
      ],
    });
  });

  it("does not count a list that is read among what is passed over", async () => {
    const list = { "metadata.csv": "file_name,label\n1.png,a\n2.png,b\n" };
    expect(describeDataset(await load({ ...list, "1.png": dotted(1), "2.png": dotted(2) })).passedOver).toBe(0);
    const more = { ...list, "1.png": dotted(1), "2.png": dotted(2), "3.png": dotted(3), "a.txt": "" };
    expect(describeDataset(await load(more)).passedOver).toBe(2);
  });

  it("has what classes stand for, the fit and the background", async () => {
    const light = (shade: number) =>
      png(
        10,
        20,
        Array.from({ length: 200 }, (_, i) => (i === 90 ? shade : 200)),
      );
    const files = { "1/1.png": light(1), "5/1.png": light(2) };
    expect(describeDataset(await load(files, { size: { height: 16, width: 16 }, fit: "pad" }))).toMatchObject({
      ...{ height: 16, width: 16, fit: "pad", background: [200] },
      classes: [
        { name: "1", value: 1, images: [1] },
        { name: "5", value: 5, images: [1] },
      ],
    });
  });

  it("finds images that are there twice, and says which", async () => {
    const same = dotted(1);
    const inOne = { "a/1.png": same, "a/2.png": same, "b/1.png": dotted(2) };
    expect(describeDataset(await load(inOne)).duplicates).toEqual({
      inOneSplit: 1,
      acrossSplits: 0,
      betweenClasses: 0,
    });
    const between = { "a/1.png": same, "b/2.png": same, "b/1.png": dotted(2) };
    expect(describeDataset(await load(between)).duplicates).toEqual({
      ...{ inOneSplit: 1, acrossSplits: 0, betweenClasses: 1 },
      example: ["a/1.png", "b/2.png"],
      underTwoClasses: [["a/1.png", "b/2.png"]],
    });
    const across = {
      ...Object.fromEntries(Object.entries(between).map(([path, bytes]) => [`train/${path}`, bytes])),
      "test/a/9.png": same,
    };
    expect(describeDataset(await load(across)).duplicates).toEqual({
      ...{ inOneSplit: 1, acrossSplits: 1, betweenClasses: 1 },
      example: ["train/a/1.png", "test/a/9.png"],
      underTwoClasses: [["train/a/1.png", "train/b/2.png"]],
    });
  });

  it("of IDX files has the numbers that classes are", async () => {
    const noise = Uint8Array.from({ length: 32 }, (_, i) => i);
    const described = describeDataset(
      await load({
        ...{ "train-images-idx3-ubyte": idx([2, 4, 4], noise), "train-labels-idx1-ubyte": idx([2], [7, 30]) },
        ...{ "t10k-images-idx3-ubyte": idx([1, 4, 4], noise.subarray(0, 16)), "t10k-labels-idx1-ubyte": idx([1], [7]) },
      }),
    );
    expect(described).toMatchObject({
      ...{ layout: "IDX files", passedOver: 0, height: 2, width: 2, background: [0] },
      classes: [
        { name: "7", value: 7, images: [1, 1] },
        { name: "30", value: 30, images: [1, 0] },
      ],
      // It is not known which files they are of.
      duplicates: { inOneSplit: 0, acrossSplits: 1, betweenClasses: 0 },
    });
    expect(described.duplicates.example).toBeUndefined();
  });
});

describe("a contact sheet", () => {
  const flat = (shade: number, height = 14) =>
    png(
      height,
      height,
      Array.from({ length: height * height }, () => shade),
    );

  it("has a class a row, as wide as the class with the most images, enlarged", async () => {
    const sheet = await sheetOf({ "a/1.png": flat(10), "a/2.png": flat(20), "a/3.png": flat(30), "b/1.png": flat(40) });
    // Two rows of 28 pixels, three columns, 2 pixels of grey between and around.
    expect([sheet.height, sheet.width, sheet.channels]).toEqual([2 * 30 + 2, 3 * 30 + 2, 1]);
    const at = (y: number, x: number) => sheet.pixels[y * sheet.width + x];
    expect([at(2, 2), at(29, 29), at(2, 32), at(2, 62), at(32, 2)]).toEqual([10, 10, 20, 30, 40]);
    expect([at(0, 0), at(30, 2), at(2, 30), at(32, 32), at(61, 91)]).toEqual(Array(5).fill(128));
  });

  it("has 16 images of a class and 24 classes at most, evenly spread over all", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 48 }, (_, label) => [`${String(label).padStart(2, "0")}/1.png`, flat(label, 28)]),
    );
    for (let image = 0; image < 20; image++) many[`00/${image + 2}.png`] = flat(100 + image, 28);
    const sheet = await sheetOf(many);
    expect([sheet.height, sheet.width]).toEqual([24 * 30 + 2, 16 * 30 + 2]);
    const rows = Array.from({ length: 24 }, (_, row) => sheet.pixels[(2 + row * 30) * sheet.width + 2]);
    expect(rows).toEqual(Array.from({ length: 24 }, (_, row) => 2 * row));
  });

  it("shows colour, and what networks see of blocks", async () => {
    const rgb = Array.from({ length: 64 }, () => [250, 20, 90]).flat();
    const colour = await sheetOf({ "a/1.png": png(8, 8, rgb, 2), "b/1.png": dotted(1) });
    expect([...colour.pixels.subarray((2 * colour.width + 2) * 3, (2 * colour.width + 3) * 3)]).toEqual([250, 20, 90]);
    // 28×28 are seen as 14×14, each pixel of which is 2×2 large here.
    const blocks = Array.from({ length: 784 }, (_, i) => (i === 0 ? 200 : i === 29 ? 100 : 0));
    const seen = await sheetOf({ "a/1.png": png(28, 28, blocks), "b/1.png": flat(9, 28) });
    expect([seen.pixels[2 * seen.width + 2], seen.pixels[3 * seen.width + 3], seen.pixels[4 * seen.width + 4]]).toEqual(
      [75, 75, 0],
    );
  });
});
