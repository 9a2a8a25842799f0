import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idx } from "../../../test/support/idx.js";
import { InvalidRequest } from "../../core/index.js";
import { loadDataset } from "./load-dataset.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-names-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const IMAGES = idx(
  [3, 2, 2],
  Uint8Array.from({ length: 12 }, (_, i) => i),
);
const labels = (...digits: number[]) => idx([3], digits);

/** Writes files of a name each; those of a set without one here have the usual names. */
async function folderOf(changes: Readonly<Record<string, Uint8Array>>, without: readonly string[] = []): Promise<void> {
  const usual = {
    "train-images-idx3-ubyte": IMAGES,
    "train-labels-idx1-ubyte": labels(1, 2, 3),
    "t10k-images-idx3-ubyte": IMAGES,
    "t10k-labels-idx1-ubyte": labels(4, 5, 6),
  };
  for (const [name, bytes] of Object.entries({ ...usual, ...changes }))
    if (!without.includes(name)) await writeFile(join(folder, name), bytes);
}

const trainLabels = async () => [...(await loadDataset(folder)).train.labels];

test("files with a point in their names, as archives unpack to, are the same data", async () => {
  await folderOf({});
  const { identity } = await loadDataset(folder);
  for (const end of ["", ".gz"]) {
    await rm(folder, { recursive: true });
    await mkdir(folder);
    const bytes = (each: Uint8Array) => (end ? gzipSync(each) : each);
    await writeFile(join(folder, `train-images.idx3-ubyte${end}`), bytes(IMAGES));
    await writeFile(join(folder, `train-labels.idx1-ubyte${end}`), bytes(labels(1, 2, 3)));
    await writeFile(join(folder, `t10k-images.idx3-ubyte${end}`), bytes(IMAGES));
    await writeFile(join(folder, `t10k-labels.idx1-ubyte${end}`), bytes(labels(4, 5, 6)));
    expect((await loadDataset(folder)).identity).toEqual(identity);
  }
});

test("of several, the first is read: plain before gzipped, MNIST's own name before the other", async () => {
  await folderOf({
    "train-labels-idx1-ubyte": labels(1, 1, 1),
    "train-labels-idx1-ubyte.gz": gzipSync(labels(2, 2, 2)),
    "train-labels.idx1-ubyte": labels(3, 3, 3),
    "train-labels.idx1-ubyte.gz": gzipSync(labels(4, 4, 4)),
  });
  const names = ["train-labels-idx1-ubyte", "train-labels.idx1-ubyte"].flatMap((name) => [name, `${name}.gz`]);
  for (const [i, name] of names.entries()) {
    expect(await trainLabels()).toEqual([i + 1, i + 1, i + 1]);
    await rm(join(folder, name));
  }
});

test("a folder of MNIST's name, beside the file, is passed over", async () => {
  await folderOf({ "train-labels.idx1-ubyte": labels(7, 8, 9) }, ["train-labels-idx1-ubyte"]);
  await mkdir(join(folder, "train-labels-idx1-ubyte"));
  expect(await trainLabels()).toEqual([7, 8, 9]);
});

test.each([
  "train-image-idx3-ubyte",
  "Train-Images-idx3-ubyte",
  "train_images_idx3_ubyte",
  "train-images-idx3-ubyte.gzip",
])("%s is asked about", async (name) => {
  await folderOf({ [name]: IMAGES }, ["train-images-idx3-ubyte"]);
  await expect(loadDataset(folder)).rejects.toThrow(
    new InvalidRequest(
      `no train-images-idx3-ubyte (or train-images-idx3-ubyte.gz) in ${folder}: the folder must hold MNIST's four IDX files; there is ${name}: is that it?`,
    ),
  );
});

test.each(["notes.txt", "images", "t10k-images-idx3-ubyte", "train-labels.idx1-ubyte"])("%s is not", async (name) => {
  await folderOf({ [name]: IMAGES }, ["train-images-idx3-ubyte"]);
  await expect(loadDataset(folder)).rejects.toThrow(/the folder must hold MNIST's four IDX files$/);
});

test("the folder within, where PyTorch puts them, is named", async () => {
  const raw = join(folder, "MNIST", "raw");
  await mkdir(raw, { recursive: true });
  await writeFile(join(raw, "train-images-idx3-ubyte"), IMAGES);
  await expect(loadDataset(folder)).rejects.toThrow(`; ${raw} has it: name that folder`);
});
