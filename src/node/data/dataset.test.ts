import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { idx } from "../../../test/support/idx.js";
import { InvalidRequest } from "../../core/index.js";
import { OFFICIAL_FILES } from "../../core/picture-sets/mnist.js";
import { packagedFiles, readDataFiles } from "./files.js";
import { loadDataset } from "./load-dataset.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-data-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const TRAIN_IMAGES = "train-images-idx3-ubyte";
const TRAIN_LABELS = "train-labels-idx1-ubyte";
const TEST_IMAGES = "t10k-images-idx3-ubyte";
const TEST_LABELS = "t10k-labels-idx1-ubyte";

const noise = (count: number, factor: number): Uint8Array => Uint8Array.from({ length: count }, (_, i) => i * factor);

/** Three training images and two test images of 4×2 pixels. */
const SMALL: Readonly<Record<string, Uint8Array>> = {
  [TRAIN_IMAGES]: idx([3, 4, 2], noise(24, 7)),
  [TRAIN_LABELS]: idx([3], [5, 0, 9]),
  [TEST_IMAGES]: idx([2, 4, 2], noise(16, 11)),
  [TEST_LABELS]: idx([2], [1, 8]),
};

/** Writes a folder of the small files, some of them replaced, left out (null) or gzipped. */
async function makeFolder(
  name: string,
  { changes = {}, gzipped = [] }: { changes?: Record<string, Uint8Array | null>; gzipped?: readonly string[] } = {},
): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  for (const [file, bytes] of Object.entries({ ...SMALL, ...changes }))
    if (bytes && gzipped.includes(file)) await writeFile(join(path, `${file}.gz`), gzipSync(bytes));
    else if (bytes) await writeFile(join(path, file), bytes);
  return path;
}

/** What loading a folder is refused with, in one line. */
async function refusal(path: string): Promise<string> {
  const error = await loadDataset(path).then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(InvalidRequest);
  expect(error.message).not.toContain("\n");
  return error.message;
}

describe("a folder of four files", () => {
  it("becomes a data set that is named after it", async () => {
    const { identity, train, test } = await loadDataset(await makeFolder("letters"));
    expect(identity.name).toBe("letters");
    expect(train).toEqual({
      count: 3,
      height: 4,
      width: 2,
      pixels: noise(24, 7),
      labels: Uint8Array.of(5, 0, 9),
    });
    expect(test).toEqual({ count: 2, height: 4, width: 2, pixels: noise(16, 11), labels: Uint8Array.of(1, 8) });
  });

  it("has the name of the folder itself, however its path is written", async () => {
    const path = await makeFolder("letters");
    for (const written of [`${path}/`, `${path}/../letters/.`])
      expect((await loadDataset(written)).identity.name).toBe("letters");
  });

  it("gives the same data and identity plain, gzipped and mixed", async () => {
    const plain = await loadDataset(await makeFolder("plain"));
    for (const [parent, gzipped] of [
      ["all", Object.keys(SMALL)],
      ["some", [TRAIN_IMAGES, TEST_LABELS]],
    ] as const) {
      await mkdir(join(folder, parent));
      expect(await loadDataset(await makeFolder(`${parent}/plain`, { gzipped }))).toEqual(plain);
    }
  });

  it("has an identity that every byte of every file changes", async () => {
    const digests = new Set([(await loadDataset(await makeFolder("as-is"))).identity.sha256]);
    for (const [file, bytes] of Object.entries(SMALL)) {
      const changed = Uint8Array.from(bytes);
      changed[bytes.length - 1] = 3;
      digests.add((await loadDataset(await makeFolder(file, { changes: { [file]: changed } }))).identity.sha256);
    }
    expect(digests.size).toBe(5);
  });

  it("is read from the plain file where both are there", async () => {
    const path = await makeFolder("both");
    await writeFile(join(path, `${TRAIN_LABELS}.gz`), "not even gzip");
    expect((await loadDataset(path)).train.labels).toEqual(Uint8Array.of(5, 0, 9));
  });

  it("lies in memory that threads can share", async () => {
    const { train, test } = await loadDataset(await makeFolder("shared"));
    for (const { buffer } of [train.pixels, train.labels, test.pixels, test.labels])
      expect(buffer).toBeInstanceOf(SharedArrayBuffer);
  });
});

describe("what cannot be read is refused by name", () => {
  it.each<[string, Record<string, Uint8Array | null>, RegExp]>([
    [
      "a missing file",
      { [TEST_LABELS]: null },
      /^no t10k-labels-idx1-ubyte \(or t10k-labels-idx1-ubyte\.gz\) in .*: the folder must hold MNIST's four IDX files$/,
    ],
    ["a truncated file", { [TRAIN_IMAGES]: cut(TRAIN_IMAGES) }, /train-images-idx3-ubyte is truncated: 39 bytes/],
    ["an empty file", { [TEST_IMAGES]: new Uint8Array() }, /t10k-images-idx3-ubyte is truncated: 0 bytes/],
    [
      "images in place of labels",
      { [TEST_LABELS]: SMALL[TEST_IMAGES] as Uint8Array },
      /t10k-labels-idx1-ubyte starts with 0x00000803, not 0x00000801: not an IDX file of labels$/,
    ],
    [
      "labels of other images",
      { [TRAIN_LABELS]: SMALL[TEST_LABELS] as Uint8Array },
      /train-images-idx3-ubyte has 3 images but .*train-labels-idx1-ubyte has 2 labels: they must match$/,
    ],
    [
      "a gzip file without .gz",
      { [TRAIN_LABELS]: gzipped(TRAIN_LABELS) },
      /train-labels-idx1-ubyte starts with 0x1f8b/,
    ],
  ])("%s", async (_, changes, expected) => {
    expect(await refusal(await makeFolder("damaged", { changes }))).toMatch(expected);
  });

  it.each<[string, Uint8Array]>([
    ["cut short", gzipped(TRAIN_IMAGES).subarray(0, -9)],
    ["with a wrong checksum", gzipped(TRAIN_IMAGES).map((byte, i, { length }) => (i === length - 8 ? ~byte : byte))],
    ["that is none", Uint8Array.from(SMALL[TRAIN_IMAGES] as Uint8Array)],
    ["without a byte", new Uint8Array()],
  ])("a gzip file %s", async (_, bytes) => {
    const path = await makeFolder("damaged", { changes: { [TRAIN_IMAGES]: null } });
    await writeFile(join(path, `${TRAIN_IMAGES}.gz`), bytes);
    expect(await refusal(path)).toMatch(/train-images-idx3-ubyte\.gz is not a whole gzip file: \S/);
  });

  it("a folder that is missing, or is a file", async () => {
    await writeFile(join(folder, "file"), "");
    expect(await refusal(join(folder, "nowhere"))).toMatch(/^there is no \S+nowhere: it must be a folder of /);
    expect(await refusal(join(folder, "file"))).toMatch(/^\S+file is neither a folder nor a zip archive: it must be /);
  });

  it("a folder in place of a file", async () => {
    const path = await makeFolder("nested", { changes: { [TRAIN_IMAGES]: null } });
    await mkdir(join(path, TRAIN_IMAGES));
    expect(await refusal(path)).toMatch(/^\S+train-images-idx3-ubyte is no regular file: it must be one$/);
  });

  function cut(file: string): Uint8Array {
    return (SMALL[file] as Uint8Array).subarray(0, -1);
  }

  function gzipped(file: string): Uint8Array {
    return gzipSync(SMALL[file] as Uint8Array);
  }
});

describe("the images that come with the package", () => {
  it("are MNIST: 60,000 and 10,000 images, each digit as often as published", async () => {
    const { identity, train, test } = await loadDataset();
    expect(identity.name).toBe("MNIST");
    expect(train).toMatchObject({ count: 60_000, height: 28, width: 28 });
    expect(test).toMatchObject({ count: 10_000, height: 28, width: 28 });
    const counts = (labels: ArrayLike<number>) =>
      Array.from({ length: 10 }, (_, digit) => Array.from(labels).filter((label) => label === digit).length);
    expect(counts(train.labels)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    expect(counts(test.labels)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  });

  it("are the official files, and their identity is the hash of the four hashes", async () => {
    const files = await readDataFiles(packagedFiles());
    expect(files.map(({ actualSha256 }) => actualSha256)).toEqual(OFFICIAL_FILES.map(({ sha256 }) => sha256));
    const digests = createHash("sha256");
    for (const { sha256 } of OFFICIAL_FILES) digests.update(sha256, "hex");
    expect((await loadDataset()).identity.sha256).toBe(digests.digest("hex"));
  });

  it("are MNIST in any other folder too", async () => {
    await symlink(packagedFiles().folder, join(folder, "digits"));
    expect((await loadDataset(join(folder, "digits"))).identity).toEqual((await loadDataset()).identity);
  });
});
