import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Files, refusalOf, writeFiles } from "../../../test/support/datasets.js";
import { idx } from "../../../test/support/idx.js";
import { officialIdentity } from "../../core/picture-sets/idx-identity.js";
import { idxIn } from "./idx-names.js";
import { loadDataset } from "./load-dataset.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pairlab-idx-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Two images of 3 rows and 2 columns. */
const PIXELS = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
const LABELS = [1, 12];

interface Named {
  readonly test?: string;
  readonly between?: string;
  readonly gz?: boolean;
  readonly labels?: readonly number[];
}

/** Four files by their prefix. */
const four = (prefix: string, { test = "t10k", between = "-", gz = false, labels = LABELS }: Named = {}): Files =>
  Object.fromEntries(
    ["train", test].flatMap((set) =>
      (
        [
          ["images", "idx3", idx([2, 3, 2], PIXELS)],
          ["labels", "idx1", idx([2], labels)],
        ] as const
      ).map(([what, kind, bytes]) => [
        `${prefix}${set}-${what}${between}${kind}-ubyte${gz ? ".gz" : ""}`,
        gz ? gzipSync(bytes) : bytes,
      ]),
    ),
  );

const pixelsOf = async (path: string): Promise<number[]> => [...(await loadDataset(path)).train.pixels];

describe("IDX files", () => {
  it.each([
    ["MNIST's names", "", {}],
    ["a point", "", { between: "." }],
    ["gzip", "", { gz: true }],
    ["something before MNIST's names", "kuzushiji-", {}],
    ["something before, and a point", "kuzushiji_", { between: "." }],
    ["something before, and test in place of t10k", "kuzushiji-", { test: "test", gz: true }],
    ["something before, and all of that", "k49-", { test: "test", between: ".", gz: true }],
  ] as const)("are found in a folder by %s", async (_, prefix, named) => {
    writeFiles(folder, four(prefix, named));
    expect(idxIn(folder)).toEqual({ folder, prefix });
    expect(await pixelsOf(folder)).toEqual([...PIXELS]);
  });

  it("are found by the folder and their beginning", async () => {
    writeFiles(folder, { ...four("k49-"), ...four("kuzushiji-letters-", { test: "test" }) });
    for (const begin of ["kuzushiji-letters", "kuzushiji-letters-", "kuzushiji"])
      expect(idxIn(join(folder, begin))).toEqual({ folder, prefix: "kuzushiji-letters-" });
    expect(await pixelsOf(join(folder, "kuzushiji"))).toEqual([...PIXELS]);
    expect((await loadDataset(join(folder, "kuzushiji-letters"))).identity.name).toBe("kuzushiji-letters");
  });

  it("of several data sets need the name of one", async () => {
    writeFiles(folder, { ...four("a-letters-"), ...four("a-letters-big-"), ...four("b_") });
    const all = ["a-letters", "a-letters-big", "b"].map((name) => join(folder, name)).join(", ");
    expect(await refusalOf(() => idxIn(folder))).toBe(
      `${folder} has IDX files of several data sets: name one of ${all}`,
    );
    expect(await refusalOf(() => idxIn(join(folder, "a")))).toMatch(/name one of \S+a-letters, \S+a-letters-big$/);
    // A whole name is that data set's.
    expect(idxIn(join(folder, "a-letters"))).toEqual({ folder, prefix: "a-letters-" });
    expect(idxIn(join(folder, "a-letters-big"))).toEqual({ folder, prefix: "a-letters-big-" });
    expect(idxIn(join(folder, "b"))).toEqual({ folder, prefix: "b_" });
  });

  it("with MNIST's own names come before those of other data sets", () => {
    writeFiles(folder, { ...four(""), ...four("a-") });
    expect(idxIn(folder)).toEqual({ folder, prefix: "" });
    expect(idxIn(join(folder, "a"))).toEqual({ folder, prefix: "a-" });
  });

  it("are not there in a folder of something else, or none", () => {
    expect(idxIn(folder)).toBeUndefined();
    mkdirSync(join(folder, "cats"));
    expect(idxIn(folder)).toBeUndefined();
    expect(idxIn(join(folder, "nowhere"))).toBeUndefined();
    writeFileSync(join(folder, "file"), "");
    expect(idxIn(join(folder, "file"))).toBeUndefined();
  });

  it("are named where one of them is missing", async () => {
    writeFiles(folder, four("a-"));
    rmSync(join(folder, "a-t10k-labels-idx1-ubyte"));
    expect(await refusalOf(() => loadDataset(folder))).toMatch(
      /^no a-t10k-labels-idx1-ubyte \(or a-t10k-labels-idx1-ubyte\.gz\) in /,
    );
  });

  it("may have labels above 9: the classes are those that occur", async () => {
    writeFiles(folder, four("a-"));
    const { train, identity } = await loadDataset(folder);
    expect(train).toMatchObject({ classes: 2, labels: Uint8Array.of(0, 1) });
    expect(identity.values).toEqual(LABELS);
  });
});

describe("EMNIST", () => {
  /** Rows and columns exchanged. */
  const TURNED = [1, 3, 5, 2, 4, 6, 7, 9, 11, 8, 10, 12];

  it.each(["emnist-letters-", "EMNIST_"])("is transposed where its files' names begin with %s", async (prefix) => {
    writeFiles(folder, four(prefix, { test: "test", gz: true }));
    const { train, test, identity } = await loadDataset(folder);
    for (const images of [train, test])
      expect(images).toMatchObject({
        height: 2,
        width: 3,
        pixels: Uint8Array.from(TURNED),
        labels: Uint8Array.of(0, 1),
      });
    expect(train.pixels.buffer).toBeInstanceOf(SharedArrayBuffer);
    // It is what files of upright images would be, so that the same images are the same wherever they come from.
    const pixels = Uint8Array.from([...TURNED, ...TURNED]);
    const images = { height: 2, width: 3, pixels, labels: Uint8Array.from([...LABELS, ...LABELS]) };
    expect(identity.sha256).toBe(officialIdentity(images, 2).sha256);
    expect(identity).toMatchObject({ values: LABELS });
    expect(identity.classes).toBeUndefined();
  });

  it("is the same as its images in upright files", async () => {
    writeFiles(folder, four("emnist-digits-", { labels: [3, 4] }));
    const upright = Object.fromEntries(
      Object.entries(four("", { labels: [3, 4] })).map(([name, bytes]) => [
        name,
        name.includes("images") ? idx([2, 2, 3], TURNED) : (bytes as Uint8Array),
      ]),
    );
    writeFiles(join(folder, "upright"), upright);
    const [one, other] = [await loadDataset(join(folder, "emnist-digits")), await loadDataset(join(folder, "upright"))];
    expect(one.identity.sha256).toBe(other.identity.sha256);
    expect({ ...one.train }).toEqual({ ...other.train });
  });

  it("has its characters as names, where a file says them", async () => {
    writeFiles(folder, { ...four("emnist-letters-"), "emnist-letters-mapping.txt": "1 65 97\n12 76 108\n13 77 109\n" });
    expect((await loadDataset(folder)).identity).toMatchObject({ classes: ["Aa", "Ll"], values: LABELS });
    writeFiles(folder, { "emnist-letters-mapping.txt": "1 65\r\n\r\n12 8364\r\n" });
    expect((await loadDataset(folder)).identity).toMatchObject({ classes: ["A", "\u20ac"] });
  });

  it("names its ten digits, too, and stays MNIST's question", async () => {
    const mapping = Array.from({ length: 10 }, (_, i) => `${i} ${48 + i}`).join("\n");
    writeFiles(folder, { ...four("emnist-digits-", { labels: [3, 4] }), "emnist-digits-mapping.txt": mapping });
    const { identity, train } = await loadDataset(folder);
    expect(identity.classes).toEqual([..."0123456789"]);
    expect(train.classes).toBeUndefined();
  });

  it.each([
    [
      "a letter",
      "1 65\n12 L\n",
      'row 2 must be a label that is new and the codes of its characters, such as 12 67, not "12 L"',
    ],
    [
      "a label alone",
      "1\n",
      'row 1 must be a label that is new and the codes of its characters, such as 12 67, not "1"',
    ],
    ["a control character", "1 7\n12 65\n", /row 1 must be/],
    ["half a character", "1 55296\n12 65\n", /row 1 must be/],
    ["a label twice", "1 65\n1 66\n12 67", /row 2 must be a label that is new/],
    ["a label missing", "1 65\n", "has no row of the label 12: it must have one"],
    ["two labels of one character", "1 65\n12 65\n", "has a character of two labels: name each once"],
  ] as const)("is refused where that file has %s", async (_, mapping, says) => {
    const path = join(folder, "emnist-letters-mapping.txt");
    writeFiles(folder, { ...four("emnist-letters-"), "emnist-letters-mapping.txt": mapping });
    const said = await refusalOf(() => loadDataset(folder));
    expect(said.startsWith(`${path} `)).toBe(true);
    expect(said.slice(path.length + 1)).toEqual(typeof says === "string" ? says : expect.stringMatching(says));
  });

  it("takes no file of another data set for its own", async () => {
    writeFiles(folder, { ...four("emnist-letters-"), "emnist-mapping.txt": "rubbish" });
    expect((await loadDataset(folder)).identity.classes).toBeUndefined();
  });
});

describe("the size of IDX images", () => {
  const noise = (count: number) => Uint8Array.from({ length: count }, (_, i) => (i * 89) % 251);
  const write = (height: number, width: number) =>
    writeFiles(folder, {
      "train-images-idx3-ubyte": idx([2, height, width], noise(2 * height * width)),
      "train-labels-idx1-ubyte": idx([2], [3, 7]),
      "t10k-images-idx3-ubyte": idx([1, height, width], noise(height * width)),
      "t10k-labels-idx1-ubyte": idx([1], [3]),
    });
  const size = (height: number, width = height) => ({ size: { height, width } });

  it("that networks see by themselves changes nothing", async () => {
    write(28, 28);
    const plain = await loadDataset(folder);
    expect(await loadDataset(folder, size(14))).toEqual(plain);
    expect(await loadDataset(folder, { colour: "grey" })).toEqual(plain);
    expect(await loadDataset(folder, { fit: "pad" })).toEqual(plain);
  });

  it("may be their own", async () => {
    write(28, 28);
    const [plain, whole] = [await loadDataset(folder), await loadDataset(folder, size(28))];
    expect(whole.train).toMatchObject({ height: 28, width: 28, pooling: 1, pixels: plain.train.pixels });
    expect(whole.identity.sha256).not.toBe(plain.identity.sha256);
    expect(whole.identity.asked).toEqual(size(28));
  });

  it("may be another, in 256ths", async () => {
    write(16, 16);
    const { train } = await loadDataset(folder, size(8));
    expect(train).toMatchObject({ height: 16, pixels: expect.any(Uint8Array) });
    const other = await loadDataset(folder, size(32));
    expect(other.train).toMatchObject({ height: 32, width: 32, pooling: 1 });
    // Each pixel is four of its own shade.
    expect([...other.train.pixels.subarray(0, 4)]).toEqual([0, 0, 89, 89].map((pixel) => 256 * pixel));
  });

  it("of another shape needs a fit", async () => {
    write(16, 24);
    expect(await refusalOf(() => loadDataset(folder, size(8)))).toBe(
      "the images are 16×24 (height × width), which is not the shape of 8×8: say --fit stretch, pad or crop",
    );
    const identities = new Set<string>();
    for (const fit of ["stretch", "pad", "crop"] as const) {
      const { train, identity } = await loadDataset(folder, { ...size(8), fit });
      expect(train).toMatchObject({ height: 8, width: 8 });
      expect(identity.fit).toBe(fit);
      identities.add(identity.sha256);
    }
    expect(identities.size).toBe(3);
  });

  it.each([
    [{ colour: "rgb" }, "IDX images are grey: leave --colour out"],
    [{ order: ["a"] }, "the classes of IDX images are numbers, which have their order: leave --order out"],
    [{ classes: "innermost" }, "IDX files are in no folders of classes: leave --classes out"],
  ] as const)("is all that can be asked of them: not %o", async (options, says) => {
    write(16, 16);
    expect(await refusalOf(() => loadDataset(folder, options as object))).toBe(says);
  });
});
