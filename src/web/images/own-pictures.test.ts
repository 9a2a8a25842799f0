import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { classes, dotted, type Files, png, refusalOf, writeFiles } from "../../../test/support/datasets.js";
import type { ImageOptions } from "../../core/data/image-options.js";
import { loadDataset } from "../../node/data/load-dataset.js";
import type { GivenPictures } from "./given-pictures.js";
import { aboutOwn, ownPictures, pictureOf } from "./own-pictures.js";

let folder: string;
const before = process.env.PAIRLAB_CACHE;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pairlab-own-"));
  process.env.PAIRLAB_CACHE = join(folder, "cache");
});
afterAll(() => {
  if (before === undefined) delete process.env.PAIRLAB_CACHE;
  else process.env.PAIRLAB_CACHE = before;
  rmSync(folder, { recursive: true, force: true });
});

const bytesOf = (content: Uint8Array | string): Uint8Array<ArrayBuffer> =>
  typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content);

const given = (name: string, files: Files): GivenPictures => ({
  name,
  files: Object.entries(files).flatMap(([path, content]) =>
    content === null ? [] : [{ path, file: new File([bytesOf(content)], path.split("/").at(-1) ?? "") }],
  ),
  empty: Object.entries(files).flatMap(([path, content]) => (content === null ? [path] : [])),
});

const zipped = (files: Files, level: 0 | 6): Uint8Array =>
  zipSync(
    Object.fromEntries(Object.entries(files).flatMap(([path, content]) => (content ? [[path, bytesOf(content)]] : []))),
    { level },
  );
const archive = (name: string, bytes: Uint8Array): GivenPictures => ({
  ...{ name, empty: [] },
  files: [{ path: name, file: new File([bytesOf(bytes)], name) }],
});

const read = (pictures: GivenPictures, asked: ImageOptions = {}) => ownPictures({ given: pictures, asked }, () => {});
const refused = (pictures: GivenPictures, asked: ImageOptions = {}) => refusalOf(() => read(pictures, asked));

const LIST =
  "left,right,same\n0.png,1.png,1\n2.png,3.png,0\n4.png,5.png,1\n6.png,7.png,0\n8.png,9.png,1\n10.png,11.png,0\n";
const LISTED: Files = {
  "pairs.csv": LIST,
  ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`${i}.png`, dotted(i)] as const)),
};

describe("pictures in the page are the data set that the command line makes of them", () => {
  test.each<[string, Files, ImageOptions]>([
    ["folders of classes", classes(["cats", "dogs", "é"], 4), {}],
    ["classes that are numbers", classes(["10", "9", "8"], 3), {}],
    ["splits", { ...classes(["train/a", "train/b", "test/a", "test/b", "val/a", "val/b"], 2) }, {}],
    [
      "another size, and an order",
      classes(["low", "high"], 4, 20, 10),
      { size: { height: 8, width: 8 }, fit: "pad", order: ["low", "high"] },
    ],
    [
      "colour, in 256ths",
      {
        "a/1.png": png(
          9,
          9,
          new Uint8Array(243).map((_, i) => i % 256),
          2,
        ),
        "b/1.png": dotted(1, 10),
      },
      {},
    ],
    [
      "metadata, with quotes",
      { "metadata.csv": 'file_name,label\n"x, 1.png",one\n2.png,two\n', "x, 1.png": dotted(1), "2.png": dotted(2) },
      {},
    ],
    [
      "litter beside them",
      { ...classes(["a", "b"], 2), "a/.DS_Store": "x", "Thumbs.db": "x", "README.md": "hello" },
      {},
    ],
  ])("%s", async (_, files, asked) => {
    const name = "mine";
    const expected = await loadDataset(writeFiles(mkdtempSync(join(folder, "f-")), files), asked);
    const { identity, train, test: tested, validation, unsplit } = await read(given(name, files), asked);
    expect(identity).toEqual({ ...expected.identity, name });
    expect({ train, tested, validation, unsplit }).toEqual({
      ...{ train: expected.train, tested: expected.test },
      ...{ validation: expected.validation, unsplit: expected.unsplit },
    });
    for (const level of [0, 6] as const) {
      const packed = await read(archive("mine.zip", zipped(files, level)), asked);
      expect(packed.identity).toEqual(identity);
    }
  });

  test("lists of pairs", async () => {
    const at = writeFiles(mkdtempSync(join(folder, "l-")), LISTED);
    const { identity, listed, train } = await loadDataset(join(at, "pairs.csv"));
    const own = await read(given("mine", LISTED));
    expect({ identity: own.identity, listed: own.listed, train: own.train }).toEqual({ identity, listed, train });
    expect(aboutOwn(own)).toMatchObject({ name: "pairs.csv", layout: "a list of pairs", classes: [], hasOrder: false });
    const { relation, pairs, dropped } = aboutOwn(own).listed ?? {};
    expect({ relation, dropped }).toEqual({ relation: "listed-match", dropped: 0 });
    expect(Object.values(pairs ?? {}).reduce((sum, each) => sum + each, 0)).toBe(6);
  });
});

test("what they were understood to be is said", async () => {
  const files = { ...classes(["10", "9"], 3), "notes.txt": "x" };
  expect(aboutOwn(await read(given("mine", files)))).toEqual({
    ...{ name: "mine", sha256: expect.stringMatching(/^[0-9a-f]{64}$/), layout: "folders of classes", passedOver: 1 },
    ...{ size: { height: 8, width: 8 }, channels: 1, hasOrder: true, splits: [{ name: "all", count: 6 }], options: [] },
    classes: [
      { name: "9", images: 3 },
      { name: "10", images: 3 },
    ],
  });
});

describe("what is wrong is said in one line", () => {
  const damaged = zipped(classes(["a", "b"], 2), 6);
  damaged.fill(0, 40, 60);
  const short = zipped(classes(["a", "b"], 2), 6).subarray(0, -30);
  test.each<[string, GivenPictures, ImageOptions, RegExp]>([
    ["a picture that is none", given("mine", { ...classes(["a", "b"], 2), "b/9.png": "no" }), {}, /^mine\/b\/9\.png /],
    [
      "shapes that differ",
      given("mine", { ...classes(["a"], 2), "b/1.png": dotted(1, 8, 16) }),
      { size: { height: 8, width: 8 } },
      /^mine\/b\/1\.png is 8×16 .*say --fit/,
    ],
    ["one class", given("mine", classes(["a"], 2)), {}, /^mine has one class, a:/],
    ["an empty folder", given("mine", { ...classes(["a", "b"], 2), c: null }), {}, /^mine\/c is an empty folder/],
    ["nothing", given("mine", {}), {}, /^mine has no images in it/],
    [
      "IDX files",
      given("mine", { "train-images-idx3-ubyte": "x" }),
      {},
      /^mine\/train-images-idx3-ubyte is an IDX file/,
    ],
    ["an archive that is none", archive("mine.zip", bytesOf("hello")), {}, /^mine\.zip is no zip archive/],
    ["half an archive", archive("mine.zip", short), {}, /^mine\.zip is not a whole zip archive/],
    ["a damaged archive", archive("mine.zip", damaged), {}, /^mine\.zip\/a\/0\.png is damaged in its archive/],
    [
      "a list that was not asked for",
      given("mine", classes(["a", "b"], 2)),
      { same: "1" },
      /^mine has no list of pairs: leave --same out/,
    ],
  ])("%s", async (_, pictures, asked, message) => {
    expect(await refused(pictures, asked)).toMatch(message);
  });

  test("a file that is gone", async () => {
    const { files, ...rest } = given("mine", classes(["a", "b"], 2));
    const gone = files.map((each, i) => {
      if (i !== 3) return each;
      const file = new File([], "1.png");
      file.arrayBuffer = () => Promise.reject(new DOMException("gone", "NotFoundError"));
      return { ...each, file };
    });
    expect(await refused({ ...rest, files: gone })).toMatch(/^mine\/b\/1\.png cannot be read: it was moved or changed/);
    expect(await refusalOf(() => pictureOf(gone[3]?.file as File))).toMatch(/^1\.png cannot be read: it was moved/);
  });
});
