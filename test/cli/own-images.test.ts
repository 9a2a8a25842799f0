import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodePicture } from "../../src/core/pictures/index.js";
import { loadDataset } from "../../src/node/data/load-dataset.js";
import { classes, dotted, type Files, png, writeFiles } from "../support/datasets.js";
import { writeFewDigits } from "../support/few-digits.js";
import { here } from "../support/here.js";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";
import { codecs, fixture, flag, flagNames } from "../support/pictures.js";
import { makePng, pngChunk, pngHeader, pngOf } from "../support/png.js";

let folder: TemporaryFolder;
const before = process.env.PAIRLAB_CACHE;
const at = (name: string): string => join(folder.path, name);

beforeAll(async () => {
  folder = await temporaryFolder();
  process.env.PAIRLAB_CACHE = at("cache");
});
afterAll(async () => {
  if (before === undefined) delete process.env.PAIRLAB_CACHE;
  else process.env.PAIRLAB_CACHE = before;
  await folder.remove();
});

/** Standard output of a program that ends well. */
async function output(...commandLine: string[]): Promise<string> {
  const { code, stdout, stderr } = await here(commandLine);
  expect(stderr).not.toContain("error:");
  expect(code, stderr).toBe(0);
  return stdout;
}

describe("MNIST as pictures", () => {
  const TRAIN = ["train", "mlp", "--epochs", "1", "--json", "--quiet"];

  /** By the names of files: in the order of the IDX files with a list, and in folders of classes. */
  async function pictures(idx?: string) {
    const { train, test: measured } = await loadDataset(idx);
    const listed: Record<string, Uint8Array> = {};
    const sorted: Record<string, Uint8Array> = {};
    for (const [split, { count, pixels, labels }] of [
      ["train", train],
      ["test", measured],
    ] as const) {
      let rows = "file_name,label\n";
      for (let i = 0; i < count; i++) {
        const image = png(28, 28, pixels.subarray(784 * i, 784 * (i + 1)));
        listed[`${split}/${i}.png`] = image;
        sorted[`${split}/${labels[i]}/${i}.png`] = image;
        rows += `${i}.png,${labels[i]}\n`;
      }
      listed[`${split}/metadata.csv`] = new TextEncoder().encode(rows);
    }
    return { listed, sorted };
  }

  const trained = async (data: string, ...named: readonly string[]) => {
    const run = JSON.parse(await output(...TRAIN, ...named, "--runs", at(`runs of ${data.replaceAll("/", " ")}`)));
    return {
      id: run.id as string,
      weights: run.weightsSha256 as string,
      error: run.testError as number,
    };
  };

  const trainedOn = (data: string) => trained(data, "--data", data);

  test("all of it, in the order of the IDX files, is the packaged MNIST: the same run", async () => {
    const { listed } = await pictures();
    writeFileSync(at("all.zip"), zipSync(listed, { level: 0 }));
    const packaged = await trained("MNIST");
    expect([packaged.id, packaged.weights.slice(0, 8)]).toEqual(["f2408279fc61a3c8", "7e7a2d8c"]);
    expect(await trainedOn(at("all.zip"))).toEqual(packaged);
    rmSync(at("all.zip"));
  }, 240_000);

  describe("the first 6,000 digits", () => {
    let idx = "";
    let listed: Record<string, Uint8Array>;
    let sorted: Record<string, Uint8Array>;
    beforeAll(async () => {
      idx = await writeFewDigits(at("idx"), { train: 4000, test: 2000 });
      ({ listed, sorted } = await pictures(idx));
    });

    test("train to the weights of the IDX files, from a folder and from an archive", async () => {
      writeFileSync(at("digits.zip"), zipSync(listed, { level: 0 }));
      const { weights, error } = await trainedOn(at("idx"));
      const packed = await trainedOn(at("digits.zip"));
      expect(packed).toMatchObject({ weights, error });
      expect(await trainedOn(writeFiles(at("digits"), listed))).toEqual(packed);
    });

    test("in folders of classes are the same images in another order, with an error alike", async () => {
      writeFileSync(at("sorted.zip"), zipSync(sorted, { level: 0 }));
      const [first, second] = [await trainedOn(at("sorted.zip")), await trainedOn(at("sorted.zip"))];
      expect(second).toEqual(first);
      // IDX files: 27.3%.
      expect(first.error).toBeGreaterThan(0.2);
      expect(first.error).toBeLessThan(0.38);
      const shown = JSON.parse(await output("data", "show", at("sorted.zip"), "--json"));
      const usual = JSON.parse(await output("data", "show", at("idx"), "--json"));
      const counts = ({ classes: all }: { classes: readonly { images: unknown }[] }) => all.map(({ images }) => images);
      expect(counts(shown)).toEqual(counts(usual));
      expect(shown).toMatchObject({
        name: "sorted",
        layout: "folders of classes",
        height: 14,
        width: 14,
        background: [0],
      });
    });
  });
});

describe("flags", () => {
  beforeAll(() => {
    const files = Object.fromEntries(
      flagNames().flatMap((name) => {
        const country = name.replace(/\.png$/, "");
        const image = flag(name);
        // Each flag, and itself in a frame: two images of one class.
        return [[`${country}/plain.png`, image] as const, [`${country}/again.png`, image] as const];
      }),
    );
    writeFiles(at("flags"), { ...files, "gb/notes.txt": "" });
  });

  test("need a fit, for their shapes differ", async () => {
    expect(await here(["data", "show", at("flags"), "--quiet"])).toEqual({
      ...{ code: 2, stdout: "" },
      stderr: `error: ${at("flags/ad/again.png")} is 70×100 (height × width), which is not the shape of 32×32: say --fit stretch, pad or crop\n`,
    });
  });

  test("are shown by their counts, and in a picture", async () => {
    const sheet = at("flags.png");
    const { code, stdout, stderr } = await here(["data", "show", at("flags"), "--fit", "pad", "--sheet", sheet]);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain(`${sheet}: a row of images of each class, as networks see them\n`);
    expect(stdout.replace(/SHA-256 [0-9a-f]{64}/, "SHA-256 …")).toMatchInlineSnapshot(`
      "flags: 512 images in 256 classes, from folders of classes; 1 other file is passed over
      networks see 32×32, red, green and blue, fitted by pad; the background is 158, 58, 62
      no split is given: a fifth of each class is for test pairs, or with --split classes three tenths of the classes
      270 images are copies of others, 28 under another class: gb-nir/again.png and gb/again.png

      ┌───────┬────────┐
      │ class │ images │
      ├───────┼────────┤
      │ ad    │      2 │
      │ ae    │      2 │
      │ af    │      2 │
      │ ag    │      2 │
      │ ai    │      2 │
      │ al    │      2 │
      │ am    │      2 │
      │ an    │      2 │
      │ ao    │      2 │
      │ aq    │      2 │
      │ ar    │      2 │
      │ as    │      2 │
      │ at    │      2 │
      │ au    │      2 │
      │ aw    │      2 │
      │ ax    │      2 │
      │ az    │      2 │
      │ ba    │      2 │
      │ bb    │      2 │
      │ bd    │      2 │
      └───────┴────────┘
      and 236 more classes

      SHA-256 …
      "
    `);
    const { height, width, channels, pixels } = await decodePicture(readFileSync(sheet), "sheet.png", codecs);
    expect({ height, width, channels }).toEqual({ height: 24 * 34 + 2, width: 2 * 34 + 2, channels: 3 });
    rmSync(sheet);
    expect(createHash("sha256").update(pixels).digest("hex").slice(0, 16)).toMatchInlineSnapshot(`"668b30570626a7d0"`);
  });

  test("say once that they make fewer pairs than is usual", async () => {
    const command = [
      "train",
      "matching",
      "--relation",
      "equal",
      "--epochs",
      "1",
      "--data",
      at("flags"),
      "--fit",
      "pad",
    ];
    const { code, stderr } = await here([...command, "--runs", at("runs of flags")]);
    expect(code).toBe(0);
    expect(stderr.match(/flags has images for \d+ training and \d+ test pairs: those are used/g)).toHaveLength(1);
    const asked = await here([...command, "--pairs", "20", "--runs", at("runs of flags")]);
    expect(asked.stderr).toMatch(/flags has images for \d+ test pairs: those are used/);
    const quiet = await here([...command, "--quiet", "--runs", at("runs of flags")]);
    expect(quiet.stderr).toBe("");
  });

  test("make as many pairs as there are for other tools, too", async () => {
    const command = [
      "pairs",
      "--relation",
      "equal",
      "--data",
      at("flags"),
      "--fit",
      "pad",
      "--out",
      at("p.safetensors"),
    ];
    expect((await here(command)).stderr).toMatch(/: \d{3} training and \d{2,3} test pairs of seed 0\n$/);
    expect((await here([...command, "--pairs", "20"])).stderr).toMatch(
      /: 20 training and \d{2,3} test pairs of seed 0\n$/,
    );
    expect((await here([...command, "--pairs", "2000"])).stderr).toMatch(
      /^error: 2000 training pairs need 4000 distinct images/,
    );
    rmSync(at("p.safetensors"));
  });

  test("leave no test image where two of a class are split by image, and the error says what to do", async () => {
    const command = ["train", "matching", "--relation", "equal", "--data", at("flags"), "--fit", "pad"];
    const { code, stderr } = await here([...command, "--split", "images", "--quiet", "--runs", at("none")]);
    expect([code, stderr]).toEqual([
      2,
      "error: the classes have too few images to leave a fifth of each for test pairs: take test pairs of other classes (--split classes), or have folders train and test\n",
    ]);
  });

  test.each([
    ["ablate", "--candidates", "2"],
    ["compare", "mlp", "--optimizers", "adam,sgd"],
  ])("are refused by %s before it tunes anything for hours", async (...command) => {
    const few = ["--relation", "equal", "--rounds", "1", "--epochs", "1", "--pairs", "20", "--out", at("none")];
    const { code, stderr } = await here([
      ...command,
      ...few,
      ...["--data", at("flags"), "--fit", "pad", "--split", "images", "--quiet", "--runs", at("none")],
    ]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^error: the classes have too few images to leave a fifth/),
    ]);
  });

  test("that fly over two countries are counted before training", async () => {
    const command = [
      "train",
      "matching",
      "--relation",
      "equal",
      "--epochs",
      "1",
      "--data",
      at("flags"),
      "--fit",
      "pad",
    ];
    const { stderr } = await here([...command, "--runs", at("runs of flags")]);
    expect(stderr).toContain(
      "flags: 28 images are copies of images of another class, so that networks can be tested on what they were trained on: give a picture one class, or take it out; data show --json lists them\n",
    );
    const shown = JSON.parse(await output("data", "show", at("flags"), "--fit", "pad", "--json", "--quiet"));
    expect(shown.duplicates.underTwoClasses).toHaveLength(28);
    expect(shown.duplicates.underTwoClasses.map(String)).toContain("fr/again.png,gf/again.png");
  });

  test("of four countries are not split by class, which is said unless it was asked for", async () => {
    const command = ["train", "matching", "--relation", "equal", "--epochs", "1", "--size", "14x14"];
    const four = writeFiles(at("four"), classes(["a", "b", "c", "d"], 10));
    const data = ["--data", four, "--fit", "pad", "--runs", at("runs of four")];
    const line =
      "4 classes are too few to split by class: test pairs are of classes that training pairs have, and say nothing of others; from 5 classes on they are of others\n";
    expect((await here([...command, ...data])).stderr).toContain(line);
    expect((await here([...command, ...data, "--split", "images"])).stderr).not.toContain(line);
  });

  test("are no IDX files to verify", async () => {
    expect((await here(["data", "verify", "--data", at("flags")])).stderr).toBe(
      `error: ${at("flags")} has no IDX files in it: data verify checks those alone; data show says what pictures are understood to be\n`,
    );
  });
});

const TWO = classes(["a", "b"]);
const GREY = { width: 8, height: 8, depth: 8, colour: 0 };
const csv = (rows: string, header = "file_name,label"): Files => ({ ...TWO, "metadata.csv": `${header}\n${rows}` });
const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const zipped = (files: Record<string, Uint8Array>): Buffer => Buffer.from(zipSync(files));
const listOf = (archive: Buffer): number => archive.readUInt32LE(archive.length - 6);
const many = classes(["a", "b"], 400);

interface Trial {
  readonly files?: Files;
  /** What else is done in the folder, or in place of it. */
  readonly make?: (path: string) => unknown;
  readonly options?: readonly string[];
  /** Default `data show`. */
  readonly command?: readonly string[];
}

/** DIR is the folder's path. */
const WRONG: readonly (readonly [what: string, trial: Trial, says: string | RegExp])[] = [
  // The files themselves.
  [
    "a PNG cut off",
    { files: { ...TWO, "b/x.png": fixture("rgb.png").slice(0, 500) } },
    /^DIR\/b\/x\.png is truncated: /,
  ],
  [
    "a JPEG cut off",
    { files: { ...TWO, "b/x.jpg": fixture("rgb-75.jpg").slice(0, 700) } },
    /^DIR\/b\/x\.jpg is damaged: Premature end/,
  ],
  [
    "a WebP cut off",
    { files: { ...TWO, "b/x.webp": fixture("lossy.webp").slice(0, 100) } },
    /^DIR\/b\/x\.webp is (truncated|damaged): /,
  ],
  [
    "a changed byte",
    { files: { ...TWO, "b/x.png": fixture("rgb.png").fill(0, 100, 101) } },
    /^DIR\/b\/x\.png is damaged: the checksum/,
  ],
  ["CMYK", { files: { ...TWO, "b/x.jpg": fixture("cmyk.jpg") } }, /^DIR\/b\/x\.jpg .*CMYK/],
  [
    "GIF",
    { files: { ...TWO, "b/x.png": fixture("other.gif") } },
    "DIR/b/x.png is a GIF image: it must be PNG, JPEG, WebP, PGM or PPM",
  ],
  [
    "BMP",
    { files: { ...TWO, "b/x.bmp": fixture("other.bmp") } },
    "DIR/b/x.bmp is a BMP image: it must be PNG, JPEG, WebP, PGM or PPM",
  ],
  ["TIFF", { files: { ...TWO, "b/x.tiff": fixture("other.tiff") } }, /^DIR\/b\/x\.tiff is a TIFF image: /],
  ["HEIC", { files: { ...TWO, "b/x.heic": text("\0\0\0\x18ftypheic\0\0\0\0") } }, /^DIR\/b\/x\.heic is a HEIC image: /],
  ["SVG", { files: { ...TWO, "b/x.svg": "<svg xmlns=''></svg>" } }, /^DIR\/b\/x\.svg is an SVG image: /],
  [
    "a text that is called an image",
    { files: { ...TWO, "b/x.png": "text" } },
    /^DIR\/b\/x\.png is no image of a kind that is known: /,
  ],
  ["0 bytes", { files: { ...TWO, "b/x.png": "" } }, /^DIR\/b\/x\.png is empty: /],
  [
    "30,000×30,000",
    {
      files: {
        ...TWO,
        "b/x.png": pngOf(
          pngHeader({ ...GREY, width: 30_000, height: 30_000 }),
          pngChunk("IDAT", [0]),
          pngChunk("IEND"),
        ),
      },
    },
    /^DIR\/b\/x\.png .*30000×30000/,
  ],
  [
    "two that are damaged, the first named, over threads",
    { files: { ...many, "a/350.png": "none", "b/120.png": "none", "b/399.png": "none" } },
    /^DIR\/a\/350\.png is no image/,
  ],
  [
    "one shade alone",
    { files: { "a/1.png": png(8, 8, new Uint8Array(64)), "b/1.png": png(8, 8, new Uint8Array(64)) } },
    "DIR: every pixel is 0: there is nothing to learn from",
  ],
  // Folders.
  [
    "nothing there",
    { make: (path) => rmSync(path, { recursive: true }) },
    /^there is no DIR: it must be a folder of pictures or of IDX files, or a zip archive of pictures$/,
  ],
  [
    "an empty folder",
    {},
    /^DIR has no images in it: it must have a folder of images for each class, such as cats\/1\.png, or a metadata\.csv/,
  ],
  ["texts alone", { files: { "a/x.txt": "" } }, /^DIR has no images in it: /],
  ["images in no class", { files: { ...TWO, "x.png": dotted(1) } }, /^DIR\/x\.png lies in no folder of a class: /],
  ["one class", { files: classes(["a"]) }, "DIR has one class, a: pairs are of images of two classes or more"],
  [
    "one image",
    { files: { "a/1.png": dotted(1) } },
    "DIR has one class, a: pairs are of images of two classes or more",
  ],
  [
    "an empty class",
    { files: { ...TWO, c: null } },
    "DIR/c is an empty folder: put images of that class into it, or remove it",
  ],
  [
    "two spellings of one name",
    { files: { ...TWO, "\u00e9/1.png": dotted(8), "e\u0301/1.png": dotted(9) } },
    /^DIR has two classes that look alike, \u00e9: one is spelled e\\u\{301\}, one \\u\{e9\}; spell/,
  ],
  [
    "a folder beside those of splits",
    { files: { ...classes(["train/a", "test/a", "more"]) } },
    "DIR has folders of splits (test, train) beside others (more): have all images in the splits' folders, or none",
  ],
  [
    "no images to test on",
    { files: classes(["train/a", "train/b"]) },
    /^DIR has splits, but no test images: have folders train and test/,
  ],
  [
    "a link in a circle",
    { files: TWO, make: (path) => symlinkSync("..", join(path, "a", "up")) },
    "DIR/a/up is a link to a folder that it lies in: remove the link",
  ],
  [
    "a link to itself",
    { files: TWO, make: (path) => symlinkSync("x.png", join(path, "a", "x.png")) },
    "DIR/a/x.png is a link that leads to itself: remove the link",
  ],
  [
    "a link to nothing",
    { files: TWO, make: (path) => symlinkSync("gone", join(path, "a", "x.png")) },
    "DIR/a/x.png is a link to what is not there: remove the link",
  ],
  [
    "a device",
    { files: TWO, make: (path) => symlinkSync("/dev/zero", join(path, "a", "x.png")) },
    "DIR/a/x.png is neither a file nor a folder: remove it",
  ],
  [
    "a socket",
    {
      files: TWO,
      make: (path) =>
        new Promise<void>((done) => {
          createServer()
            .unref()
            .listen(join(path, "a", "s.png"), done);
        }),
    },
    "DIR/a/s.png is neither a file nor a folder: remove it",
  ],
  // Lists.
  [
    "a ragged row",
    { files: csv("a/0.png,a\nb/0.png\n") },
    "DIR/metadata.csv row 3 has 1 cell, but DIR/metadata.csv row 1 has 2: all rows must have as many",
  ],
  ["an open quote", { files: csv('a/0.png,"a\nb/0.png,b\n') }, /^DIR\/metadata\.csv row \d is not CSV: /],
  [
    "a list of another encoding",
    { files: { ...TWO, "metadata.csv": Uint8Array.of(0x66, 0xe9) } },
    "DIR/metadata.csv is not UTF-8 text: write it as UTF-8",
  ],
  [
    "two lists in a folder",
    { files: { ...csv("a/0.png,a\nb/0.png,b\n"), "metadata.jsonl": '{"file_name":"a/1.png","label":"b"}\n' } },
    "DIR/metadata.jsonl lies beside DIR/metadata.csv, and each lists images: keep one of them",
  ],
  ["a missing file", { files: csv("a/0.png,a\nelephant.png,b\n") }, "DIR/metadata.csv row 3: there is no elephant.png"],
  [
    "an absolute path",
    { files: csv("/tmp/a.png,a\n") },
    /^DIR\/metadata\.csv row 2: \/tmp\/a\.png is an absolute path: /,
  ],
  [
    "a path that leads out",
    { files: csv("../a.png,a\n") },
    "DIR/metadata.csv row 2: ../a.png leads out of the data set: it must name a file in it",
  ],
  [
    "no column of labels",
    { files: csv("a/0.png,a\n", "file_name,class") },
    /^DIR\/metadata\.csv has no column label: /,
  ],
  ["an empty label", { files: csv("a/0.png,\n") }, "DIR/metadata.csv row 2 has no label: each image must have one"],
  [
    "an image twice",
    { files: csv("a/0.png,a\na/0.png,b\n") },
    "DIR/metadata.csv row 3 names a/0.png again, after DIR/metadata.csv row 2: list each image once",
  ],
  [
    "an unknown split",
    { files: csv("a/0.png,a,holdout\n", "file_name,label,split") },
    /^DIR\/metadata\.csv row 2: split must be one of .*, not "holdout"$/,
  ],
  [
    "a file in no split",
    { files: csv("a/0.png,a,train\na/1.png,b,test\nb/0.png,b,\n", "file_name,label,split") },
    "DIR/b/0.png is in no split, but others are: give each image a split, or none",
  ],
  [
    "a row of JSON that is none",
    { files: { ...TWO, "metadata.jsonl": '{"file_name": "a/0.png", "label": 1}\nnone\n' } },
    /^DIR\/metadata\.jsonl row 2 is not JSON: /,
  ],
  // Archives.
  [
    "a zip archive cut off",
    { make: (path) => replace(path, zipped(TWO).subarray(0, 300)) },
    "DIR is not a whole zip archive: the list of files at its end is missing",
  ],
  [
    "an encrypted zip archive",
    {
      make: (path) =>
        replace(
          path,
          patched(zipped(TWO), (a) => a.writeUInt16LE(9, listOf(a) + 8)),
        ),
    },
    "DIR/a/0.png is encrypted: unpack the archive into a folder, and name that",
  ],
  [
    "a zip archive whose paths lead out",
    { make: (path) => replace(path, zipped({ "../x.png": dotted(1), ...TWO })) },
    "DIR holds a file with the path ../x.png, which leads out of it: pack it anew",
  ],
  [
    "a damaged file in a zip archive",
    {
      make: (path) =>
        replace(
          path,
          patched(zipped(TWO), (a) => a.writeUInt32LE(7, listOf(a) + 16)),
        ),
    },
    "DIR/a/0.png is damaged in its archive: its checksum is another",
  ],
  [
    "a file in place of a folder",
    { make: (path) => replace(path, Buffer.from("text")) },
    /^DIR is neither a folder nor a zip archive: /,
  ],
  // What is asked.
  [
    "shapes that differ",
    { files: { ...TWO, "a/9.png": dotted(9, 8, 16) } },
    "DIR/a/9.png is 8×16 (height × width), which is not the shape of 32×32: say --fit stretch, pad or crop",
  ],
  ["an order without a class", { files: TWO, options: ["--order", "a"] }, "--order has no b: name all 2 classes, a,b"],
  [
    "an order with a class that is not there",
    { files: TWO, options: ["--order", "a,b,c"] },
    "--order: there is no class c, or it is named twice: the classes are a,b",
  ],
  ["another size than there may be", { files: TWO, options: ["--size", "7"] }, /--size/],
  [
    "folders of classes beside a list",
    { files: csv("a/0.png,a\n"), options: ["--classes", "innermost"] },
    "DIR/metadata.csv says each image's class: leave --classes out",
  ],
  // What is trained.
  [
    "an order asked of names",
    { files: classes(["cat", "dog"], 8), command: ["train", "mlp"] },
    /less-or-equal .*--order/,
  ],
  [
    "numbers asked of names",
    { files: classes(["cat", "dog"], 8), command: ["train", "mlp", "--relation", "sum-at-least-2"] },
    /sum-at-least-2/,
  ],
  [
    "a table of another size",
    { files: classes(["cat", "dog"], 8), command: ["train", "mlp", "--relation", "table:010/101/010"] },
    /3/,
  ],
  [
    "too few classes to split",
    {
      files: classes(["cat", "dog", "cow"], 8),
      command: ["train", "mlp", "--relation", "equal", "--split", "classes"],
    },
    /^3 classes are too few to split: /,
  ],
  [
    "too few images",
    { files: TWO, command: ["train", "mlp", "--relation", "equal", "--pairs", "10"] },
    /10 training pairs/,
  ],
];

const replace = (path: string, bytes: Uint8Array): void => {
  rmSync(path, { recursive: true });
  writeFileSync(path, bytes);
};
function patched(archive: Buffer, change: (archive: Buffer) => unknown): Buffer {
  change(archive);
  return archive;
}

describe("is refused with one line, and nothing is written", () => {
  test.concurrent.each(WRONG.map(([what, trial, says], number) => [what, trial, says, number] as const))(
    "%s",
    async (_, trial, says, number) => {
      const path = at(`wrong ${number}`);
      mkdirSync(path);
      writeFiles(path, trial.files ?? {});
      await trial.make?.(path);
      const isTraining = trial.command !== undefined;
      const out = at(`out ${number}`);
      mkdirSync(out);
      const command = isTraining
        ? [...(trial.command ?? []), "--data", path, "--epochs", "1", "--runs", join(out, "runs")]
        : ["data", "show", path, "--sheet", join(out, "sheet.png")];
      const { code, stdout, stderr } = await here([...command, "--quiet", ...(trial.options ?? [])]);
      expect(stdout).toBe("");
      expect(stderr).toMatch(/^error: [^\n]+\n$/);
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(code).toBe(2);
      const said = stderr.slice("error: ".length, -1).replaceAll(path, "DIR");
      expect(said).toEqual(typeof says === "string" ? says : expect.stringMatching(says));
      expect(readdirSync(out)).toEqual([]);
    },
  );
});

describe("is taken", () => {
  const FINE: readonly (readonly [what: string, files: Files, due: object, options?: readonly string[]])[] = [
    [
      "16 bits",
      { ...TWO, "b/x.png": makePng({ ...GREY, depth: 16, samples: Array.from({ length: 64 }, (_, i) => 1000 * i) }) },
      { channels: 1, height: 8 },
    ],
    [
      "1 bit",
      { ...TWO, "b/x.png": makePng({ ...GREY, depth: 1, samples: Array.from({ length: 64 }, (_, i) => i % 2) }) },
      { channels: 1, height: 8 },
    ],
    [
      "a palette",
      {
        ...TWO,
        "b/x.png": makePng({
          ...GREY,
          depth: 2,
          colour: 3,
          samples: Array.from({ length: 64 }, (_, i) => i % 3),
          chunks: [pngChunk("PLTE", [0, 0, 0, 9, 9, 9, 255, 0, 0])],
        }),
      },
      { channels: 3, height: 8 },
    ],
    ["another ending", { ...TWO, "b/x.jpg": dotted(9) }, { splits: [{ name: "all", images: 5 }] }],
    ["no ending, and capitals", { "A/1": dotted(1), "B/2.PNG": dotted(2) }, { splits: [{ name: "all", images: 2 }] }],
    [
      "a byte order mark and line ends of Windows",
      { ...TWO, "metadata.csv": "\uFEFFfile_name,label\r\na/0.png,x\r\nb/1.png,y\r\n" },
      { passedOver: 2, classes: [{ name: "x" }, { name: "y" }] },
    ],
    [
      "turned photographs",
      { "a/1.jpg": fixture("exif-1.jpg"), "b/6.jpg": fixture("exif-6.jpg") },
      { channels: 3 },
      ["--fit", "crop", "--size", "16x16"],
    ],
  ];

  test.each(FINE.map(([what, files, due, options = []]) => [what, files, due, options] as const))(
    "%s",
    async (what, files, due, options) => {
      const path = writeFiles(at(`fine ${what}`), files);
      expect(JSON.parse(await output("data", "show", path, "--json", ...options))).toMatchObject(due);
    },
  );

  test("a photograph that a camera turned, upright", async () => {
    const { height, width } = await decodePicture(fixture("exif-1.jpg"), "", codecs);
    const path = writeFiles(at("turned"), { "a/6.jpg": fixture("exif-6.jpg"), "b/6.jpg": fixture("exif-6.jpg") });
    const shown = JSON.parse(await output("data", "show", path, "--json"));
    expect(shown).toMatchObject({ height: width, width: height });
  });
});
