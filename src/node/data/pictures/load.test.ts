import { mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { classes, dotted, type Files, png, refusalOf, writeFiles } from "../../../../test/support/datasets.js";
import { idx } from "../../../../test/support/idx.js";
import { fixture } from "../../../../test/support/pictures.js";
import type { PictureSet } from "../../../core/picture-sets/load.js";
import { loadDataset } from "../load-dataset.js";
import type { LoadPicturesOptions } from "./load.js";

let folder: string;
const before = process.env.PAIRLAB_CACHE;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pairlab-load-"));
  process.env.PAIRLAB_CACHE = join(folder, "cache");
});
afterAll(() => {
  if (before === undefined) delete process.env.PAIRLAB_CACHE;
  else process.env.PAIRLAB_CACHE = before;
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  onTestFinished(() => {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
  });
});

const at = (name = "data"): string => join(folder, name);
const load = async (files: Files, options: LoadPicturesOptions = {}, name = "data"): Promise<PictureSet> =>
  (await loadDataset(writeFiles(at(name), files), options)) as PictureSet;
/** The refusal, the data set's folder called DIR. */
const refusal = async (files: Files, options: LoadPicturesOptions = {}): Promise<string> =>
  (await refusalOf(() => load(files, options))).replaceAll(at(), "DIR");
const size = (height: number, width = height) => ({ height, width });

/** Loads again, and says how many pictures were decoded. */
async function again(options: LoadPicturesOptions = {}): Promise<{ dataset: PictureSet; decoded: number }> {
  let decoded = 0;
  const onProgress = (_: number, total: number) => {
    decoded = total;
  };
  return { dataset: (await loadDataset(at(), { ...options, onProgress })) as PictureSet, decoded };
}

describe("pictures", () => {
  it("become a data set that is named after the folder, classes in the order of their names", async () => {
    const files = {
      "dogs/1.png": dotted(1),
      "Ants/1.png": dotted(2),
      "\u00e9/1.png": dotted(3),
      "cats/1.png": dotted(4),
    };
    const { train, identity, about, unsplit, files: paths } = await load(files);
    expect(identity).toMatchObject({ name: "data", classes: ["Ants", "cats", "dogs", "\u00e9"] });
    expect(identity.values).toBeUndefined();
    expect(train).toMatchObject({ count: 4, height: 8, width: 8, channels: 1, classes: 4, pooling: 1 });
    expect([...train.labels]).toEqual([0, 1, 2, 3]);
    expect(unsplit).toBe(true);
    expect(paths).toEqual({ all: ["Ants/1.png", "cats/1.png", "dogs/1.png", "\u00e9/1.png"] });
    expect(about).toMatchObject({ layout: "folders of classes", passedOver: 0, splits: [{ name: "all", count: 4 }] });
    for (const { buffer } of [train.pixels, train.labels]) expect(buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it("have their pixels as they are where networks see that", async () => {
    const pixels = Uint8Array.from({ length: 64 }, (_, i) => 4 * i);
    const { train } = await load({ "a/1.png": png(8, 8, pixels), "b/1.png": png(8, 8, pixels.toReversed()) });
    expect([...train.pixels]).toEqual([...pixels, ...pixels.toReversed()]);
  });

  it("have their colours one after the other, in planes", async () => {
    const rgb = Uint8Array.from({ length: 192 }, (_, i) => i);
    const { train } = await load({ "a/1.png": png(8, 8, rgb, 2), "b/1.png": dotted(1) });
    expect(train.channels).toBe(3);
    expect([...train.pixels.subarray(0, 3)]).toEqual([0, 3, 6]);
    expect([...train.pixels.subarray(64, 67)]).toEqual([1, 4, 7]);
    // Grey beside colour is grey in three planes.
    expect([...train.pixels.subarray(192, 256)]).toEqual([...train.pixels.subarray(256, 320)]);
  });

  it("that are found to have colour, or another size, after the first were looked at are all decoded anew", async () => {
    const many = classes(["a", "b"], 80);
    const colourful = png(
      8,
      8,
      Uint8Array.from({ length: 192 }, (_, i) => i),
      2,
    );
    // Of 160 images, 64 are looked at: every other one, or two.
    expect((await load({ ...many, "a/1.png": colourful })).train.channels).toBe(3);
    const { train } = await load({ ...many, "a/1.png": dotted(1, 16) }, {}, "sizes");
    expect(train).toMatchObject({ height: 32, width: 32, channels: 1, pixels: expect.any(Uint16Array) });
    const both = await load({ ...many, "a/1.png": dotted(1, 16), "b/79.png": colourful }, {}, "both");
    expect(both.train).toMatchObject({ height: 32, width: 32, channels: 3 });
  });

  it("of 28×28 are seen as 14×14, and of several sizes as 32×32", async () => {
    const { train, about } = await load(classes(["a", "b"], 1, 28));
    expect(train).toMatchObject({ height: 28, width: 28, pooling: 2, pixels: expect.any(Uint8Array) });
    expect(about.size).toEqual(size(14));
    const mixed = await load({ "a/1.png": dotted(1, 10), "b/1.png": dotted(2, 20) }, {}, "mixed");
    expect(mixed.train).toMatchObject({ height: 32, width: 32, pooling: 1, pixels: expect.any(Uint16Array) });
  });

  it("of any kind may lie together: what they are called says nothing", async () => {
    const names = [
      "rgb.png",
      "rgb-75.jpg",
      "lossy.webp",
      "rgb.ppm",
      "grey.pgm",
      "palette-1.png",
      "grey-alpha.png",
      "bilevel.png",
    ];
    const files = Object.fromEntries(names.map((name, i) => [`${i % 2 ? "a" : "b"}/${i}.gif`, fixture(name)]));
    const { train } = await load(files, { fit: "pad" });
    expect(train).toMatchObject({ count: 8, channels: 3 });
  });

  it("have a background where that is not black", async () => {
    const light = (shade: number) =>
      png(
        8,
        8,
        Uint8Array.from({ length: 64 }, (_, i) => (i === 27 ? shade : 200)),
      );
    const { train, identity } = await load({ "a/1.png": light(3), "b/1.png": light(9) });
    expect([train.background, identity.background]).toEqual([[200], [200]]);
    const dark = await load(classes(["a", "b"]), {}, "dark");
    expect([dark.train.background, dark.identity.background].filter((each) => each?.[0] === 0)).toEqual([]);
  });

  it("may be in splits: those to test by never say the background", async () => {
    const shade = (level: number) =>
      png(
        8,
        8,
        Uint8Array.from({ length: 64 }, (_, i) => (i === 27 ? 9 : level)),
      );
    const { train, test, validation, unsplit, files } = await load({
      ...{ "train/a/1.png": shade(100), "train/b/1.png": shade(100), "val/a/2.png": shade(150) },
      ...{ "test/a/1.png": shade(250), "test/b/1.png": shade(250), "test/b/2.png": shade(251) },
    });
    expect([train.count, test.count, validation?.count, unsplit]).toEqual([2, 3, 1, undefined]);
    expect([train, test, validation].map((images) => images?.background)).toEqual([[100], [100], [100]]);
    expect([...test.labels]).toEqual([0, 1, 1]);
    expect(test.pixels[0]).toBe(250);
    expect(files).toEqual({
      ...{ train: ["train/a/1.png", "train/b/1.png"], validation: ["val/a/2.png"] },
      test: ["test/a/1.png", "test/b/1.png", "test/b/2.png"],
    });
  });

  it("may be in more than 256 classes", async () => {
    const names = Array.from({ length: 300 }, (_, i) => `class ${i}`);
    const { train, identity } = await load(classes(names, 1));
    expect(train.labels).toBeInstanceOf(Uint16Array);
    expect(train.labels[299]).toBe(299);
    expect(identity.classes).toHaveLength(300);
  });
});

describe("what classes stand for", () => {
  const named = (...names: string[]) => classes(names, 1);

  it("is the numbers that they are called", async () => {
    const { identity, train } = await load(named("10", "2", "-1.5", "3e1"));
    expect(identity).toMatchObject({ classes: ["-1.5", "2", "10", "3e1"], values: [-1.5, 2, 10, 30] });
    // In the order of the files: "-1.5", "10", "2", "3e1".
    expect([...train.labels]).toEqual([0, 2, 1, 3]);
  });

  it("is their place, where they are called 0, 1, 2", async () => {
    const { identity } = await load(named("0", "1", "2"));
    expect(identity).toMatchObject({ values: [0, 1, 2] });
    expect(identity.classes).toBeUndefined();
  });

  it.each([
    ["one is no number", ["1", "2", "two"]],
    ["a number is written as nobody does", ["1", "0x10", "3"]],
    ["two are the same number", ["1", "01", "3"]],
    ["one is blank", [" ", "1", "2"]],
    ["one is infinite", ["1", "2", "1e999"]],
  ])("is nothing where %s", async (_, names) => {
    const { identity } = await load(named(...names));
    expect(identity).toMatchObject({ classes: [...names].sort() });
    expect(identity.values).toBeUndefined();
  });

  it("is their place in an order that is given", async () => {
    const files = named("large", "medium", "small");
    const { identity, train } = await load(files, { order: ["small", "medium", "large"] });
    expect(identity).toMatchObject({ classes: ["small", "medium", "large"], values: [0, 1, 2] });
    expect([...train.labels]).toEqual([2, 1, 0]);
  });

  it.each([
    [["small", "large"], "--order has no medium: name all 3 classes, large,medium,small"],
    [
      ["small", "medium", "large", "huge"],
      "--order: there is no class huge, or it is named twice: the classes are large,medium,small",
    ],
    [
      ["small", "medium", "large", "small"],
      "--order: there is no class small, or it is named twice: the classes are large,medium,small",
    ],
  ])("is nothing in the order %j", async (order, says) => {
    expect(await refusal(named("large", "medium", "small"), { order })).toBe(says);
  });
});

describe("what a data set is", () => {
  const one = {
    "a/1.png": dotted(1, 28),
    "a/2.png": dotted(2, 28),
    "b/1.png": dotted(3, 28),
    "b/2.png": dotted(4, 28),
  };
  const of = async (files: Files, options?: LoadPicturesOptions) => {
    const { identity } = await load(files, options);
    rmSync(at(), { recursive: true });
    return identity.sha256;
  };

  it("is its pixels, and their classes", async () => {
    const usual = await of(one);
    // Other names of files and classes that leave the order, another packing of the same pixels, and what lies beside.
    expect(
      await of({
        "a/x.jpg": one["a/1.png"],
        "a/y": one["a/2.png"],
        "b/1.png": one["b/1.png"],
        "b/2.png": one["b/2.png"],
        "a/readme.txt": "",
      }),
    ).toBe(usual);
    expect(
      await of({
        "cats/1.png": one["a/1.png"],
        "cats/2.png": one["a/2.png"],
        "dogs/1.png": one["b/1.png"],
        "dogs/2.png": one["b/2.png"],
      }),
    ).toBe(usual);
    const pgm = Buffer.concat([Buffer.from("P5 28 28 255\n"), pixelsOf(1)]);
    expect(await of({ ...one, "a/1.png": pgm })).toBe(usual);
    const list = "file_name,label\nx/1.png,a\nx/2.png,a\ny/1.png,b\ny/2.png,b\n";
    expect(
      await of({
        "metadata.csv": list,
        "x/1.png": one["a/1.png"],
        "x/2.png": one["a/2.png"],
        "y/1.png": one["b/1.png"],
        "y/2.png": one["b/2.png"],
      }),
    ).toBe(usual);
  });

  it("is another with other pixels, order, classes, splits, size, colour or fit", async () => {
    const list = (rows: readonly string[]) => ({ "metadata.csv": `file_name,label\n${rows.join("\n")}\n`, ...one });
    const rows = ["a/1.png,a", "a/2.png,a", "b/1.png,b", "b/2.png,b"];
    const wide = Object.fromEntries(Object.keys(one).map((path, i) => [path, dotted(i, 20, 30)]));
    const found = [
      await of(one),
      await of({ ...one, "a/1.png": dotted(9, 28) }),
      await of(list([rows[1], rows[0], rows[2], rows[3]] as string[])),
      await of(list([...rows.slice(0, 3), "b/2.png,a"])),
      await of({ ...one, "c/1.png": dotted(5, 28) }),
      await of(
        Object.fromEntries(
          Object.entries(one).map(([path, bytes]) => [`${path.endsWith("1.png") ? "train" : "test"}/${path}`, bytes]),
        ),
      ),
      await of({
        "1/1.png": one["a/1.png"],
        "1/2.png": one["a/2.png"],
        "2/1.png": one["b/1.png"],
        "2/2.png": one["b/2.png"],
      }),
      await of(one, { size: size(28) }),
      await of(one, { size: size(16) }),
      await of(one, { colour: "rgb" }),
      await of(wide, { fit: "pad", size: size(16) }),
      await of(wide, { fit: "crop", size: size(16) }),
      await of(wide, { fit: "stretch", size: size(16) }),
    ];
    expect(new Set(found).size).toBe(found.length);
  });

  it("is what its IDX files are, where they could be some", async () => {
    // Background is black: these have a black border.
    const isBorder = (i: number) => i % 28 === 0 || i % 28 === 27 || i < 28 || i >= 756;
    const framed = (number: number) => pixelsOf(number).map((shade, i) => (isBorder(i) ? 0 : shade));
    const [train, test] = [
      [3, 30, 12],
      [12, 3],
    ] as const;
    const idxOf = (set: string, numbers: readonly number[]) => ({
      [`${set}-images-idx3-ubyte`]: idx([numbers.length, 28, 28], Buffer.concat(numbers.map(framed))),
      [`${set}-labels-idx1-ubyte`]: idx([numbers.length], numbers),
    });
    const listOf = (set: string, numbers: readonly number[]) => ({
      [`${set}/metadata.csv`]: `file_name,label\n${numbers.map((number) => `${number}.png,${number}\n`).join("")}`,
      ...Object.fromEntries(numbers.map((number) => [`${set}/${number}.png`, png(28, 28, framed(number))])),
    });
    const files = await loadDataset(writeFiles(at("idx"), { ...idxOf("train", train), ...idxOf("t10k", test) }));
    const pictures = await load({ ...listOf("train", train), ...listOf("test", test) });
    expect(pictures.identity.sha256).toBe(files.identity.sha256);
    expect(pictures.identity.values).toEqual(files.identity.values);
    expect([pictures.train.labels, pictures.test.labels]).toEqual([files.train.labels, files.test.labels]);
  });

  const pixelsOf = (number: number) =>
    Uint8Array.from({ length: 784 }, (_, i) => (i * 37 + number * 101 + ((i * number) % 13) * 7) % 256);
});

describe("a second time", () => {
  const FILES = { ...classes(["a", "b"], 3), "b/readme.txt": "" };

  it("nothing is decoded, and all is as it was", async () => {
    const first = await load(FILES);
    const { dataset, decoded } = await again();
    expect(decoded).toBe(0);
    expect(dataset).toEqual(first);
    for (const { buffer } of [dataset.train.pixels, dataset.train.labels])
      expect(buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it("other sizes, fits and colours are decoded by themselves", async () => {
    await load(FILES);
    expect((await again({ size: size(16) })).decoded).toBe(6);
    expect((await again({ size: size(16) })).decoded).toBe(0);
    expect((await again()).decoded).toBe(0);
  });

  it("a file that is changed, added, removed or renamed is noticed", async () => {
    const first = await load(FILES);
    const one = join(at(), "a", "1.png");
    const { mtime } = statSync(one);
    writeFileSync(one, dotted(50));
    const changed = await again();
    expect(changed.decoded).toBe(6);
    expect(changed.dataset.identity.sha256).not.toBe(first.identity.sha256);
    // Its time may be set back.
    writeFileSync(one, fixture("grey.png"));
    await again({ fit: "pad" });
    utimesSync(one, mtime, mtime);
    expect((await again({ fit: "pad" })).decoded).toBe(6);
    renameSync(one, join(at(), "a", "9.png"));
    expect((await again({ fit: "pad" })).decoded).toBe(6);
    rmSync(join(at(), "a", "9.png"));
    expect((await again({ fit: "pad" })).decoded).toBe(5);
  });

  it("damage in what was kept makes them be decoded again", async () => {
    const first = await load(FILES);
    const [name] = readdirSync(at("cache")) as [string];
    const path = join(at("cache"), name);
    writeFileSync(path, "rubbish");
    const { dataset, decoded } = await again();
    expect([decoded, dataset]).toEqual([6, first]);
    expect((await again()).decoded).toBe(0);
  });

  it("they are decoded again where nothing can be kept", async () => {
    writeFileSync(at("file"), "");
    process.env.PAIRLAB_CACHE = at("file");
    onTestFinished(() => {
      process.env.PAIRLAB_CACHE = at("cache");
    });
    const first = await load(FILES);
    expect(await again()).toEqual({ dataset: first, decoded: 6 });
  });

  it("a data set of another place is not taken for this one", async () => {
    const first = await load(FILES);
    const other = writeFiles(at("other"), { ...FILES, "a/1.png": dotted(77) });
    for (const path of ["a/1.png", "a/2.png", "b/1.png"]) utimesSync(join(other, path), 1, 1);
    for (const path of ["a/1.png", "a/2.png", "b/1.png"]) utimesSync(join(at(), path), 1, 1);
    expect((await loadDataset(other)).identity.sha256).not.toBe(first.identity.sha256);
  });

  it("a zip archive is the folder that was packed", async () => {
    const folderOf = await load(FILES);
    const entries = Object.entries(FILES).map(([path, bytes]) => [
      `anything/${path}`,
      typeof bytes === "string" ? Buffer.from(bytes) : bytes,
    ]);
    writeFileSync(at("packed.zip"), zipSync(Object.fromEntries(entries)));
    for (let time = 0; time < 2; time++) {
      const { identity, train, files, about } = (await loadDataset(at("packed.zip"))) as PictureSet;
      expect({ identity, train, files, about }).toEqual({
        identity: { ...folderOf.identity, name: "packed" },
        ...{ train: folderOf.train, files: folderOf.files, about: folderOf.about },
      });
    }
  });
});

describe("pictures are refused", () => {
  const two = classes(["a", "b"]);

  it.each([
    ["of one class", classes(["a"], 3), {}, "DIR has one class, a: pairs are of images of two classes or more"],
    [
      "that are all of one shade",
      { "a/1.png": png(8, 8, new Uint8Array(64).fill(7)), "b/1.png": png(8, 8, new Uint8Array(64).fill(7)) },
      {},
      "DIR: every pixel is 7: there is nothing to learn from",
    ],
    [
      "of another shape without a fit",
      { ...two, "a/0.png": dotted(1, 8, 20) },
      {},
      "DIR/a/0.png is 8×20 (height × width), which is not the shape of 32×32: say --fit stretch, pad or crop",
    ],
    [
      "too large without a fit",
      classes(["a", "b"], 1, 100, 120),
      {},
      "DIR/a/0.png is 100×120 (height × width), which is not the shape of 32×32: say --fit stretch, pad or crop",
    ],
    [
      "in a split alone",
      { "train/a/1.png": dotted(1), "train/b/1.png": dotted(2) },
      {},
      "DIR has splits, but no test images: have folders train and test, or no folders of splits at all",
    ],
    [
      "that only test",
      { "test/a/1.png": dotted(1), "val/b/1.png": dotted(2) },
      {},
      /^DIR has splits, but no training images: /,
    ],
    [
      "in no split beside others",
      { "metadata.csv": "file_name,label,split\na/0.png,a,train\na/1.png,a,test\nb/0.png,b,\n", ...two },
      {},
      "DIR/b/0.png is in no split, but others are: give each image a split, or none",
    ],
    [
      "truncated",
      { ...two, "b/1.png": fixture("rgb-75.jpg").slice(0, 700) },
      {},
      /^DIR\/b\/1\.png is damaged: Premature end/,
    ],
    [
      "of another kind",
      { ...two, "b/x.gif": fixture("other.gif") },
      {},
      "DIR/b/x.gif is a GIF image: it must be PNG, JPEG, WebP, PGM or PPM",
    ],
  ] as const)("%s", async (_, files, options, says) => {
    expect(await refusal(files as Files, options)).toEqual(
      typeof says === "string" ? says : expect.stringMatching(says),
    );
    expect(readdirSync(folder)).toEqual(["data"]);
  });

  it("by the first that is damaged, in the order of the files", async () => {
    const many = classes(["a", "b"], 200);
    const broken = { "a/150.png": "none", "a/3.png": "none", "b/199.png": "none" };
    expect(await refusal({ ...many, ...broken })).toMatch(/^DIR\/a\/150\.png is no image/);
    // Where all that are looked at first are damaged, too.
    const all = Object.fromEntries(Object.keys(many).map((path) => [path, "none"]));
    expect(await refusal({ ...many, ...all })).toMatch(/^DIR\/a\/0\.png is no image/);
  });
});
