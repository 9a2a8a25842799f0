import { createHash } from "node:crypto";
import { readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { ImageOptions } from "../../../core/data/image-options.js";
import type { Numbers } from "../../../core/picture-sets/decode.js";
import type { PicturesAbout, PictureTools } from "../../../core/picture-sets/load.js";
import type { FileTree } from "../../../core/picture-sets/tree.js";
import { makeFolder, writeWhole } from "../../files.js";
import { removeAbandoned } from "../../temporary.js";
import { packageVersion } from "../../version.js";
import type { DiskFile } from "./tree.js";

/** Data sets that are kept; the one that was used longest ago goes. */
const MOST_KEPT = 16;

/** Where decoded data sets are kept: `PAIRLAB_CACHE`, or the user's folder for such things. */
export const cacheFolder = (): string =>
  process.env.PAIRLAB_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pairlab");

/** Another number makes everybody decode again. */
const FORMAT = 1;

/** What decides how a data set is decoded: where it lies, its files by name, size and times, and what is asked for. */
export function cacheKey({ root, files }: FileTree<DiskFile>, options: ImageOptions, kind: string): string {
  const hash = createHash("sha256");
  const { size, colour, fit, order, classes, background, allClasses } = options;
  const asked = [size, colour, fit, order, classes, background, allClasses];
  hash.update(JSON.stringify([FORMAT, packageVersion(), kind, resolve(root), asked]));
  for (const { path, size: bytes, mtimeMs, ctimeMs } of files)
    hash.update(`\n${bytes} ${mtimeMs} ${ctimeMs} ${path.length} ${path}`);
  return hash.digest("hex");
}

/** Of a kept data set: what it is, and how long its arrays are and of how many bytes each number is. The digest of all stands before. */
interface Head {
  readonly about: unknown;
  readonly arrays: readonly { readonly length: number; readonly bytes: 1 | 2 }[];
}

/** Letters of a digest, and a line end. */
const DIGEST = 65;

const ALIGNED = 8;
const aligned = (length: number): number => Math.ceil(length / ALIGNED) * ALIGNED;

/** A data set that was kept under a key, in memory that threads share; undefined where there is none, or it is damaged. */
export async function readKept(key: string): Promise<{ about: unknown; arrays: Numbers[] } | undefined> {
  try {
    const path = join(cacheFolder(), key);
    const bytes = await readFile(path);
    const digest = createHash("sha256").update(bytes.subarray(DIGEST)).digest("hex");
    if (bytes.toString("latin1", 0, DIGEST) !== `${digest}\n`) return undefined;
    const end = bytes.indexOf(10, DIGEST);
    const { about, arrays }: Head = JSON.parse(bytes.toString("utf8", DIGEST, end));
    const data = bytes.subarray(aligned(end + 1));
    let at = 0;
    const found = arrays.map(({ length, bytes: each }) => {
      const memory = new SharedArrayBuffer(length * each);
      new Uint8Array(memory).set(data.subarray(at, at + length * each));
      at += aligned(length * each);
      return each === 1 ? new Uint8Array(memory) : new Uint16Array(memory);
    });
    const now = new Date();
    await utimes(path, now, now).catch(() => undefined);
    return { about, arrays: found };
  } catch {
    return undefined;
  }
}

/** Keeps a data set, where that is permitted and there is room: it can be decoded again. */
export async function keep(key: string, about: unknown, arrays: readonly Numbers[]): Promise<void> {
  const data = arrays.map((array) => {
    const part = new Uint8Array(aligned(array.byteLength));
    part.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    return part;
  });
  const lengths = arrays.map(({ length, BYTES_PER_ELEMENT }) => ({ length, bytes: BYTES_PER_ELEMENT }));
  const head = Buffer.from(`${JSON.stringify({ about, arrays: lengths })}\n`);
  const padding = new Uint8Array(aligned(DIGEST + head.length) - DIGEST - head.length);
  const hash = createHash("sha256");
  const parts = [head, padding, ...data];
  for (const part of parts) hash.update(part);
  try {
    const folder = cacheFolder();
    await makeFolder(folder);
    await removeAbandoned(folder);
    await writeWhole(join(folder, key), Buffer.concat([Buffer.from(`${hash.digest("hex")}\n`), ...parts]));
    await removeOldest(folder);
  } catch {
    // A folder that cannot be written, or a full disk.
  }
}

async function removeOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^[0-9a-f]{64}$/.test(name));
  const used = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
  for (const { name } of used.toSorted((a, b) => b.at - a.at).slice(MOST_KEPT))
    await rm(join(folder, name), { force: true });
}

/** What pictures were decoded to, as long as their files are the same. */
export const keptDecoded: NonNullable<PictureTools<DiskFile>["kept"]> = {
  async read(tree, options, kind) {
    const found = await readKept(cacheKey(tree, options, kind));
    return found && { about: found.about as PicturesAbout, arrays: found.arrays };
  },
  keep: (tree, options, kind, { about, arrays }) => keep(cacheKey(tree, options, kind), about, arrays),
};
