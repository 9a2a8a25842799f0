import { execFileSync } from "node:child_process";
import { appendFile, mkdtemp, rm, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idx } from "../../../test/support/idx.js";
import { InvalidRequest } from "../../core/index.js";
import { imagesDrawnBy } from "./keep.js";
import { loadDataset } from "./load-dataset.js";
import { openFile } from "./open.js";

const [TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES] = ["train-images", "train-labels", "t10k-images"].map(
  (name) => `${name}-idx${name.endsWith("images") ? 3 : 1}-ubyte`,
) as [string, string, string];

/** More than the 256 KiB that are read at once. */
const LARGE = idx(
  [400, 28, 28],
  Uint8Array.from({ length: 400 * 784 }, (_, i) => (i * i) % 251),
);
const LABELS = idx(
  [400],
  Array.from({ length: 400 }, (_, i) => i % 10),
);

let folder: string;
const at = (name: string): string => join(folder, name);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-sizes-"));
  for (const [name, bytes] of [
    [TRAIN_IMAGES, LARGE],
    [TRAIN_LABELS, LABELS],
    [TEST_IMAGES, LARGE],
    ["t10k-labels-idx1-ubyte", LABELS],
  ] as const)
    await writeFile(at(name), bytes);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Puts a gzip file in the place of the training images. */
async function zipped(...parts: readonly Uint8Array[]): Promise<void> {
  await rm(at(TRAIN_IMAGES));
  await writeFile(at(`${TRAIN_IMAGES}.gz`), Buffer.concat(parts));
}

/** What loading is refused with, after the file's name, in one line. */
async function refusal(): Promise<string> {
  const error = await loadDataset(folder).then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(InvalidRequest);
  expect(error.message).not.toContain("\n");
  return error.message.replace(`${folder}/`, "");
}

const header = (...sizes: number[]): Uint8Array => idx(sizes, []);

test.each<[string, readonly number[], string]>([
  ["4,294,967,295 images of nothing", [2 ** 32 - 1, 0, 0], "0×0"],
  ["images without a width", [2 ** 32 - 1, 28, 0], "28×0"],
  ["a row of pixels", [0, 1, 28], "1×28"],
  ["no image of a pixel", [0, 1, 1], "1×1"],
])("%s are refused: pooling leaves nothing", async (_, sizes, said) => {
  const count = sizes.reduce((product, size) => product * size, 1);
  await writeFile(at(TRAIN_IMAGES), Buffer.concat([header(...sizes), new Uint8Array(count)]));
  expect(await refusal()).toBe(
    `${TRAIN_IMAGES} has images of ${said}: 2×2 pooling leaves nothing of them; they must be 2×2 at least`,
  );
});

test("a product of sizes that no number holds exactly is told exactly", async () => {
  // 10 bytes of data; as doubles, both sides would be alike for a header that asks for 10 more or less.
  await writeFile(at(TRAIN_IMAGES), Buffer.concat([header(2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1), new Uint8Array(10)]));
  expect(await refusal()).toContain("(4294967295×4294967295×4294967295) asks for 79228162458924105385300197391");
});

test("what is larger than 2 GiB is refused by its header, whether its bytes are there or not", async () => {
  const images = Math.ceil(2 ** 31 / 784);
  await writeFile(at(TRAIN_IMAGES), header(images, 28, 28));
  await truncate(at(TRAIN_IMAGES), 16 + images * 784);
  const large = `would take ${16 + images * 784} bytes by its header (${images}×28×28): at most 2147483648 are read`;
  expect(await refusal()).toBe(`${TRAIN_IMAGES} ${large}`);
  await zipped(gzipSync(header(images, 28, 28)));
  expect(await refusal()).toBe(`${TRAIN_IMAGES}.gz ${large}`);
});

test("a sparse file behind a small header is not read", async () => {
  await truncate(at(TRAIN_IMAGES), 20 * 2 ** 30);
  expect(await refusal()).toBe(
    `${TRAIN_IMAGES} is too long: ${20 * 2 ** 30} bytes, but its header (400×28×28) asks for ${LARGE.length}`,
  );
});

test("counts are compared before anything is read whole", async () => {
  // One label too many, then images that would take 1.5 GB, and are not there.
  await writeFile(at(TRAIN_LABELS), idx([401], new Uint8Array(401)));
  expect(await refusal()).toMatch(/has 400 images but \S+ has 401 labels: they must match$/);
  await writeFile(at(TRAIN_LABELS), LABELS);
  await writeFile(at(TEST_IMAGES), header(2_000_000, 28, 28));
  await truncate(at(TEST_IMAGES), 16 + 2_000_000 * 784);
  expect(await refusal()).toMatch(/has 2000000 images but \S+ has 400 labels: they must match$/);
});

test("a compressed file that cannot hold what its header promises is refused before there is memory for it", async () => {
  await writeFile(at(TRAIN_LABELS), header(2_000_000));
  await truncate(at(TRAIN_LABELS), 8 + 2_000_000);
  await zipped(gzipSync(header(2_000_000, 28, 28)));
  expect(await refusal()).toMatch(
    /^train-images-idx3-ubyte\.gz is truncated: its header asks for 1568000016 bytes, and \d+ compressed ones cannot hold them$/,
  );
});

test("a gzip file of several members, with zeros behind, is read whole, though not all of it is kept", async () => {
  const { train, identity } = await loadDataset(folder);
  await zipped(
    gzipSync(LARGE.subarray(0, 9)),
    gzipSync(LARGE.subarray(9, 300_000)),
    gzipSync(LARGE.subarray(300_000)),
    new Uint8Array(512),
  );
  const again = await loadDataset(folder);
  expect(again.identity).toEqual({ ...identity });
  expect(again.train.pixels).toEqual(train.pixels);
  const few = await loadDataset(folder, { choice: imagesDrawnBy(1, { trainPairs: 3, testPairs: 3 }) });
  expect(few.identity).toEqual(identity);
});

const whole = gzipSync(LARGE);
test.each<[string, () => readonly Uint8Array[], RegExp]>([
  ["cut short", () => [whole.subarray(0, -9)], /is not a whole gzip file: unexpected end of file$/],
  [
    "cut between members",
    () => [gzipSync(LARGE.subarray(0, -1))],
    /is truncated: 313615 bytes, but its header asks for 313616$/,
  ],
  [
    "with a wrong CRC",
    () => [whole.with(-8, (whole.at(-8) as number) ^ 1)],
    /is not a whole gzip file: incorrect data check$/,
  ],
  ["with a wrong length", () => [whole.with(-1, 1)], /is not a whole gzip file: incorrect length check$/],
  ["with something behind", () => [whole, Buffer.from("garbage")], /is not a whole gzip file: incorrect header check$/],
  [
    "with something behind zeros",
    () => [whole, new Uint8Array(20), Buffer.from("garbage")],
    /is not a whole gzip file: 27 bytes of something else follow it$/,
  ],
  [
    "with more zeros than a block has",
    () => [whole, new Uint8Array(2 ** 17)],
    /is not a whole gzip file: 131072 bytes of something else follow it$/,
  ],
  [
    "with a gigabyte that its header does not ask for",
    () => [whole, ...Array(64).fill(gzipSync(new Uint8Array(2 ** 24)))],
    /is too long: its header asks for 313616 bytes, and it has more$/,
  ],
])("a gzip file %s is refused", async (_, parts, expected) => {
  await zipped(...parts());
  expect(await refusal()).toMatch(expected);
});

test("what is no regular file is refused, and a pipe is not waited for", async () => {
  await rm(at(TRAIN_IMAGES));
  execFileSync("mkfifo", [at(TRAIN_IMAGES)]);
  expect(await refusal()).toBe(`${TRAIN_IMAGES} is no regular file: it must be one`);
  await rm(at(TRAIN_IMAGES));
  await symlink(at(TRAIN_IMAGES), at(TRAIN_IMAGES));
  expect(await refusal()).toBe(`cannot read ${TRAIN_IMAGES} (ELOOP): it must be a readable file`);
});

test("images that are all alike are refused", async () => {
  await writeFile(at(TRAIN_IMAGES), idx([400, 28, 28], new Uint8Array(400 * 784).fill(9)));
  expect(await refusal()).toBe(`${TRAIN_IMAGES}: every pixel is 9: there is nothing to learn from`);
});

test.each(["", ".gz"])("a file%s that changes while it is read is refused", async (end) => {
  const path = at(`changing${end}`);
  const bytes = end ? gzipSync(LARGE) : LARGE;
  const changes = [
    () => appendFile(path, "more"),
    () => truncate(path, bytes.length - 1),
    () => utimes(path, 1_000_000_000, 1_000_000_000),
  ];
  for (const change of changes) {
    await writeFile(path, bytes);
    const file = openFile(path);
    if (!file || file === "no file") throw new Error("not opened");
    const read = async () => {
      await change();
      for await (const _ of file.parts()) await change();
    };
    await expect(read()).rejects.toThrow(/changing(\.gz)? changed while it was read: try again when nobody writes it$/);
    file.close();
  }
});
