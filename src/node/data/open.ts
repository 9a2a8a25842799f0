import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { InvalidRequest } from "../../core/errors.js";
import { codeOf } from "../errors.js";

/** A file whose bytes come part by part. */
export interface OpenFile {
  readonly path: string;
  /** Bytes, decompressed. */
  readonly size: number;
  /** Each part is overwritten by the next. */
  readonly parts: Iterable<Uint8Array>;
}

/** Fresh memory costs more than reading does, so one small buffer serves a whole file. */
const PART_BYTES = 2 ** 18;

/** Opens a file; undefined where there is none. */
export function openPlain(path: string): OpenFile | undefined {
  const file = unlessMissing(path, () => openSync(path, "r"));
  if (file === undefined) return undefined;
  const { size } = fstatSync(file);
  return { path, size, parts: partsOf(path, file, size) };
}

/** Opens a gzipped file; undefined where there is none. */
export async function openZipped(path: string): Promise<OpenFile | undefined> {
  const stored = unlessMissing(path, () => readFileSync(path));
  if (!stored) return undefined;
  try {
    const bytes = await promisify(gunzip)(stored);
    return { path, size: bytes.length, parts: [bytes] };
  } catch (error) {
    throw new InvalidRequest(`${path} is not a whole gzip file: ${(error as Error).message}`);
  }
}

function* partsOf(path: string, file: number, size: number): Generator<Uint8Array> {
  const buffer = new Uint8Array(Math.min(size, PART_BYTES));
  try {
    for (let at = 0; at < size; ) {
      const bytes = unlessMissing(path, () => readSync(file, buffer, 0, Math.min(buffer.length, size - at), at));
      if (!bytes) throw new InvalidRequest(`${path} became shorter while it was read: try again`);
      yield buffer.subarray(0, bytes);
      at += bytes;
    }
  } finally {
    closeSync(file);
  }
}

/** The result of a system call; undefined where there is no such file. */
function unlessMissing<Result>(path: string, call: () => Result): Result | undefined {
  try {
    return call();
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new InvalidRequest(`cannot read ${path} (${code}): it must be a readable file`);
  }
}
