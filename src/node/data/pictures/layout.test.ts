import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Files, refusalOf, writeFiles } from "../../../../test/support/datasets.js";
import { type LayoutOptions, layoutOf } from "../../../core/picture-sets/layout.js";
import { openTree } from "./tree.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pairlab-layout-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const layout = async (files: Files, options?: LayoutOptions) => {
  rmSync(join(folder, "data"), { recursive: true, force: true });
  return layoutOf(await openTree(writeFiles(join(folder, "data"), files)), options);
};
/** "path label split" of each image, in their order. */
const imagesOf = async (files: Files, options?: LayoutOptions): Promise<string[]> =>
  (await layout(files, options)).images.map(({ file, label, split }) => [file.path, label, split ?? "-"].join(" "));
/** The refusal, the data set's folder called DIR. */
const refusal = async (files: Files, options?: LayoutOptions): Promise<string> =>
  (await refusalOf(() => layout(files, options))).replaceAll(join(folder, "data"), "DIR");

/** Nothing is read of images here. */
const named = (...paths: string[]): Files => Object.fromEntries(paths.map((path) => [path, ""]));

describe("folders of classes", () => {
  it("name the classes of what is in them, however deep", async () => {
    expect(await imagesOf(named("dogs/1.png", "cats/old/black/2.jpg", "cats/1.png"))).toEqual([
      "cats/1.png cats -",
      "cats/old/black/2.jpg cats -",
      "dogs/1.png dogs -",
    ]);
  });

  it("may be the innermost", async () => {
    expect(
      await imagesOf(named("greek/alpha/1.png", "latin/a/1.png", "latin/b/1.png"), { classes: "innermost" }),
    ).toEqual(["greek/alpha/1.png greek/alpha -", "latin/a/1.png latin/a -", "latin/b/1.png latin/b -"]);
    expect(await imagesOf(named("train/a/x/1.png", "test/a/x/1.png"), { classes: "innermost" })).toEqual([
      "test/a/x/1.png a/x test",
      "train/a/x/1.png a/x train",
    ]);
  });

  it.each([
    ["train", "train"],
    ["training", "train"],
    ["validation", "validation"],
    ["valid", "validation"],
    ["val", "validation"],
    ["dev", "validation"],
    ["test", "test"],
    ["testing", "test"],
    ["eval", "test"],
    ["Train", "train"],
    ["TEST", "test"],
  ])("may lie in a folder %s", async (name, split) => {
    expect(await imagesOf(named(`${name}/cats/1.png`))).toEqual([`${name}/cats/1.png cats ${split}`]);
  });

  it("may be called as no object of JavaScript is", async () => {
    expect(await imagesOf(named("constructor/1.png", "__proto__/1.png"))).toEqual([
      "__proto__/1.png __proto__ -",
      "constructor/1.png constructor -",
    ]);
  });

  it("may be of trains, or of tests, beside others", async () => {
    expect(await imagesOf(named("planes/1.png", "train/1.png"))).toEqual([
      "planes/1.png planes -",
      "train/1.png train -",
    ]);
  });

  it("may have files beside them and in them that are no images", async () => {
    const others = ["README.md", "LICENSE", "labels.csv", "cats/notes.txt", "data.npz", "run.py"];
    const { images, passedOver, kind } = await layout(named("cats/1.png", "dogs/1", "dogs/2.JPG", ...others));
    expect(images.map(({ file }) => file.path)).toEqual(["cats/1.png", "dogs/1", "dogs/2.JPG"]);
    expect({ passedOver, kind }).toEqual({ passedOver: others.length, kind: "folders of classes" });
  });

  it.each([
    ["no image", named("readme.txt"), /^DIR has no images in it: it must have a folder of images for each class/],
    ["nothing", {}, /^DIR has no images in it: /],
    [
      "IDX files further down",
      named("data/train-images-idx3-ubyte.gz", "data/readme.txt"),
      "DIR/data/train-images-idx3-ubyte.gz is an IDX file: name the folder that it lies in, not packed",
    ],
    ["an image beside the classes", named("cats/1.png", "1.png"), /^DIR\/1\.png lies in no folder of a class: it must/],
    [
      "an image beside a split's classes",
      named("train/1.png", "train/cats/1.png", "test/cats/1.png"),
      /^DIR\/train\/1\.png lies in no folder/,
    ],
    [
      "a folder beside the splits",
      named("train/cats/1.png", "test/cats/1.png", "extra/1.png"),
      "DIR has folders of splits (test, train) beside others (extra): have all images in the splits' folders, or none",
    ],
    [
      "a folder beside one split's folders",
      named("train/cats/1.png", "cats/1.png"),
      /^DIR has folders of splits \(train\) beside others \(cats\)/,
    ],
    [
      "an empty class",
      { "cats/1.png": "", dogs: null },
      "DIR/dogs is an empty folder: put images of that class into it, or remove it",
    ],
    [
      "an empty class of a split",
      { "train/cats/1.png": "", "train/dogs": null, "test/cats/1.png": "" },
      /^DIR\/train\/dogs is an empty folder/,
    ],
    ["an empty split beside classes", { "cats/1.png": "", test: null }, /^DIR\/test is an empty folder/],
    [
      "two spellings of one class",
      named("caf\u00e9/1.png", "cafe\u0301/1.png"),
      "DIR has two classes that look alike, caf\u00e9: one is spelled cafe\\u{301}, one caf\\u{e9}; spell them the same, or rename one",
    ],
  ] as const)("are refused with %s", async (_, files, says) => {
    expect(await refusal(files)).toEqual(typeof says === "string" ? says : expect.stringMatching(says));
  });

  it("may be without images in one of the splits", async () => {
    const files = {
      "train/cats/1.png": "",
      "train/dogs/1.png": "",
      "val/cats/1.png": "",
      "val/dogs": null,
      "cats-notes.txt": "",
    };
    expect(await imagesOf(files)).toHaveLength(3);
  });
});

describe("a list", () => {
  const LIST = "file_name,label\n2.png,dog\nsub/1.png,cat\n";

  it("gives the images their order and classes", async () => {
    const { images, passedOver, kind } = await layout({
      "metadata.csv": LIST,
      ...named("2.png", "sub/1.png", "3.png", "a.txt"),
    });
    expect(images.map(({ file, label }) => `${file.path} ${label}`)).toEqual(["2.png dog", "sub/1.png cat"]);
    // The image that is not listed and the text; the list itself is read.
    expect({ passedOver, kind }).toEqual({ passedOver: 2, kind: "metadata" });
  });

  it("may be JSON Lines", async () => {
    const list = '{"file_name": "2.png", "label": 7}\n{"file_name": "1.png", "label": "8"}\n';
    expect(await imagesOf({ "metadata.jsonl": list, ...named("1.png", "2.png") })).toEqual(["2.png 7 -", "1.png 8 -"]);
  });

  it("may lie in each split's folder, or have a column of splits, or name files in splits' folders", async () => {
    const images = named("train/1.png", "test/1.png");
    const due = ["test/1.png b test", "train/1.png a train"];
    const row = (label: string) => `file_name,label\n1.png,${label}\n`;
    expect(await imagesOf({ "test/metadata.csv": row("b"), "train/metadata.csv": row("a"), ...images })).toEqual(due);
    const both = "file_name,label,split\ntest/1.png,b,Testing\ntrain/1.png,a,\n";
    expect(await imagesOf({ "metadata.csv": both, ...images })).toEqual(due);
    const neither = "file_name,label\ntest/1.png,b\ntrain/1.png,a\n";
    expect(await imagesOf({ "metadata.csv": neither, ...images })).toEqual(due);
    // What a row says counts.
    const other = "file_name,label,split\ntest/1.png,b,train\ntrain/1.png,a,test\n";
    expect(await imagesOf({ "metadata.csv": other, ...images })).toEqual(["test/1.png b train", "train/1.png a test"]);
  });

  it("may name files as Windows does, from folders above, and in another spelling", async () => {
    const list = "file_name,label\nsub\\1.png,a\n./x/../2.png,b\ncafe\u0301.png,c\n../3.png,d\n";
    expect(
      await imagesOf({
        "lists/metadata.csv": list,
        ...named("lists/sub/1.png", "lists/2.png", "lists/caf\u00e9.png", "3.png"),
      }),
    ).toEqual(["lists/sub/1.png a -", "lists/2.png b -", "lists/caf\u00e9.png c -", "3.png d -"]);
  });

  it("may call classes as a split is called", async () => {
    expect(await imagesOf({ "metadata.csv": "file_name,label\n1.png,train\n", ...named("1.png") })).toEqual([
      "1.png train -",
    ]);
  });

  const csv = (rows: string, header = "file_name,label") => ({
    "metadata.csv": `${header}\n${rows}`,
    ...named("1.png", "2.png"),
  });
  it.each([
    ["a file that is not there", csv("1.png,a\nelephant.png,b\n"), "DIR/metadata.csv row 3: there is no elephant.png"],
    ["a mistyped file", csv("1.pgn,a\n"), "DIR/metadata.csv row 2: there is no 1.pgn: did you mean 1.png?"],
    [
      "an absolute path",
      csv("/data/1.png,a\n"),
      /^DIR\/metadata\.csv row 2: \/data\/1\.png is an absolute path: name the file from/,
    ],
    [
      "an absolute path of Windows",
      csv("C:\\data\\1.png,a\n"),
      /^DIR\/metadata\.csv row 2: C:\\data\\1\.png is an absolute path/,
    ],
    [
      "a path out of it",
      csv("../data/1.png,a\n"),
      "DIR/metadata.csv row 2: ../data/1.png leads out of the data set: it must name a file in it",
    ],
    ["a row without a file", csv(",a\n"), "DIR/metadata.csv row 2 names no file"],
    ["a row without a label", csv("1.png,\n"), "DIR/metadata.csv row 2 has no label: each image must have one"],
    [
      "a ragged row",
      csv("1.png,a\n2.png\n"),
      "DIR/metadata.csv row 3 has 1 cell, but DIR/metadata.csv row 1 has 2: all rows must have as many",
    ],
    ["an open quote", csv('"1.png,a\n'), /^DIR\/metadata\.csv row \d is not CSV: /],
    [
      "an image twice",
      csv("1.png,a\n2.png,b\n./1.png,b\n"),
      "DIR/metadata.csv row 4 names ./1.png again, after DIR/metadata.csv row 2: list each image once",
    ],
    [
      "no column of labels",
      csv("1.png,a\n", "file_name,class"),
      "DIR/metadata.csv has no column label: it must have the columns file_name and label, and has file_name, class",
    ],
    ["no column of files", csv("1.png,a\n", "name,label"), /^DIR\/metadata\.csv has no column file_name: it must have/],
    [
      "no header",
      csv("", ""),
      /^DIR\/metadata\.csv has no column file_name: it must have the columns file_name and label, and has none$/,
    ],
    [
      "a column twice",
      csv("1.png,a,b\n", "file_name,label,label"),
      "DIR/metadata.csv has two columns that are called label: name them apart",
    ],
    ["no rows", csv(""), "DIR/metadata.csv lists no images: it must have a row for each"],
    [
      "an unknown split",
      csv("1.png,a,holdout\n", "file_name,label,split"),
      'DIR/metadata.csv row 2: split must be one of train, training, validation, valid, val, dev, test, testing, eval, not "holdout"',
    ],
    [
      "text of another kind",
      { "metadata.csv": Uint8Array.of(0xff, 0xfe, 0x61), ...named("1.png") },
      "DIR/metadata.csv is not UTF-8 text: write it as UTF-8",
    ],
    [
      "JSON that is none",
      { "metadata.jsonl": '{"file_name"}\n', ...named("1.png") },
      /^DIR\/metadata\.jsonl row 1 is not JSON: /,
    ],
    [
      "an image in two lists",
      { ...csv("1.png,a\nx/1.png,b\n"), "x/1.png": "", "x/metadata.jsonl": '{"file_name":"1.png","label":"a"}\n' },
      /^DIR\/x\/metadata\.jsonl row 1 names 1\.png again, after DIR\/metadata\.csv row 3/,
    ],
    [
      "two spellings of a class",
      csv("1.png,caf\u00e9\n2.png,cafe\u0301\n"),
      /^DIR has two classes that look alike, cafe\u0301: one is spelled caf\\u\{e9\}, one cafe\\u\{301\}/,
    ],
  ] as const)("is refused with %s", async (_, files, says) => {
    expect(await refusal(files as Files)).toEqual(typeof says === "string" ? says : expect.stringMatching(says));
  });

  it("says each image's class: folders do not", async () => {
    expect(await refusal(csv("1.png,a\n") as Files, { classes: "innermost" })).toBe(
      "DIR/metadata.csv says each image's class: leave --classes out",
    );
  });
});
