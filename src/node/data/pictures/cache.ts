import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { ImageOptions } from "../../../core/data/image-options.js";
import { writeWhole } from "../../files.js";
import { packageVersion } from "../../version.js";
import type { FileTree } from "./tree.js";

/** Numbers one after the other, as they are kept. */
export type Numbers = Uint8Array | Uint16Array;

/** Data sets that are kept; the one that was used longest ago goes. */
const MOST_KEPT = 16;

/** Where decoded data sets are kept: `PAIRLAB_CACHE`, or the user's folder for such things. */
export const cacheFolder = (): string =>
  process.env.PAIRLAB_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pairlab");

/** What decides how a data set is decoded: its files by name, size and time, and what is asked for. */
export function cacheKey({ files }: FileTree, options: ImageOptions, kind: string): string {
  const hash = createHash("sha256");
  const { size, colour, fit, order, classes, background, allClasses } = options;
  hash.update(JSON.stringify([packageVersion(), kind, size, colour, fit, order, classes, background, allClasses]));
  for (const { path, size: bytes, mtimeMs } of files) hash.update(`\n${bytes} ${mtimeMs} ${path}`);
  return hash.digest("hex");
}

/** Of a kept data set: what it is, how long its arrays are and of how many bytes each number is, and their digest. */
interface Head {
  readonly about: unknown;
  readonly arrays: readonly { readonly length: number; readonly bytes: 1 | 2 }[];
  readonly sha256: string;
}

const ALIGNED = 8;
const aligned = (length: number): number => Math.ceil(length / ALIGNED) * ALIGNED;

/** A data set that was kept under a key, in memory that threads share; undefined where there is none, or it is damaged. */
export async function readKept(key: string): Promise<{ about: unknown; arrays: Numbers[] } | undefined> {
  const path = join(cacheFolder(), key);
  try {
    const bytes = await readFile(path);
    const end = bytes.indexOf(10);
    const { about, arrays, sha256 }: Head = JSON.parse(bytes.toString("utf8", 0, end));
    const data = bytes.subarray(aligned(end + 1));
    if (createHash("sha256").update(data).digest("hex") !== sha256) return undefined;
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
  const folder = cacheFolder();
  const data = arrays.map((array) => {
    const part = new Uint8Array(aligned(array.byteLength));
    part.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    return part;
  });
  const hash = createHash("sha256");
  for (const part of data) hash.update(part);
  const lengths = arrays.map(({ length, BYTES_PER_ELEMENT }) => ({ length, bytes: BYTES_PER_ELEMENT }));
  const head = Buffer.from(`${JSON.stringify({ about, arrays: lengths, sha256: hash.digest("hex") })}\n`);
  const padding = new Uint8Array(aligned(head.length) - head.length);
  try {
    await mkdir(folder, { recursive: true });
    await writeWhole(join(folder, key), Buffer.concat([head, padding, ...data]));
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
