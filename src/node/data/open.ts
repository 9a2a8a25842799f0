import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { InvalidRequest } from "../../core/errors.js";
import { codeOf } from "../errors.js";

/** A regular file, open until it is closed. */
export interface OpenFile {
  readonly path: string;
  /** Bytes, as they are stored. */
  readonly stored: number;
  /** Bytes, decompressed; undefined where only decompressing tells. */
  readonly size?: number;
  /**
   * Its bytes from the first on, decompressed. Each part is overwritten by the next.
   *
   * @throws InvalidRequest where it is damaged, or changes while it is read
   */
  parts(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  close(): void;
}

/** Fresh memory costs more than reading does, so one small buffer serves a whole file. */
const PART_BYTES = 2 ** 18;

/**
 * Opens a regular file, a gzipped one where its name ends so; undefined where there is none.
 *
 * @throws InvalidRequest where it may not be read
 */
export function openFile(path: string): OpenFile | "no file" | undefined {
  const there = unlessMissing(path, () => statSync(path));
  if (!there) return undefined;
  if (!there.isFile()) return "no file";
  // A named pipe that has come into its place meanwhile is not waited for.
  const file = unlessMissing(path, () => openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)));
  if (file === undefined) return undefined;
  const before = fstatSync(file);
  const close = () => closeSync(file);
  if (!before.isFile()) {
    close();
    return "no file";
  }
  const common = { path, stored: before.size, close };
  if (path.endsWith(".gz")) return { ...common, parts: () => unzipped(path, file, before) };
  return { ...common, size: before.size, parts: () => partsOf(path, file, before) };
}

function* partsOf(path: string, file: number, before: Stats, from = 0): Generator<Uint8Array> {
  const buffer = new Uint8Array(Math.min(before.size - from, PART_BYTES));
  for (let at = from; at < before.size; ) {
    const length = Math.min(buffer.length, before.size - at);
    const bytes = unlessMissing(path, () => readSync(file, buffer, 0, length, at));
    if (!bytes) throw changed(path);
    yield buffer.subarray(0, bytes);
    at += bytes;
  }
  requireUnchanged(path, file, before);
}

/** Zeros that some programs fill a last block with are no damage. */
const MOST_PADDING = 2 ** 16;

async function* unzipped(path: string, file: number, before: Stats): AsyncGenerator<Uint8Array> {
  if (before.size === 0) throw new InvalidRequest(`${path} is not a whole gzip file: it is empty`);
  const stored = Readable.from(copiesOf(partsOf(path, file, before)), { highWaterMark: 1 });
  // Errors come to whoever reads, too.
  const gunzip = pipeline(stored, createGunzip({ chunkSize: PART_BYTES }), () => {});
  try {
    yield* gunzip;
  } catch (error) {
    if (error instanceof InvalidRequest) throw error;
    requireUnchanged(path, file, before);
    throw new InvalidRequest(`${path} is not a whole gzip file: ${(error as Error).message}`);
  }
  const rest = before.size - gunzip.bytesWritten;
  let isPadding = rest <= MOST_PADDING;
  if (isPadding)
    for (const part of partsOf(path, file, before, gunzip.bytesWritten)) isPadding &&= part.every((byte) => byte === 0);
  if (!isPadding)
    throw new InvalidRequest(`${path} is not a whole gzip file: ${rest} bytes of something else follow it`);
  requireUnchanged(path, file, before);
}

/** A stream reads on while a part is decompressed in another thread. */
function* copiesOf(parts: Iterable<Uint8Array>): Generator<Uint8Array> {
  for (const part of parts) yield part.slice();
}

const changed = (path: string): InvalidRequest =>
  new InvalidRequest(`${path} changed while it was read: try again when nobody writes it`);

function requireUnchanged(path: string, file: number, { size, mtimeMs }: Stats): void {
  const now = fstatSync(file);
  if (now.size !== size || now.mtimeMs !== mtimeMs) throw changed(path);
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
