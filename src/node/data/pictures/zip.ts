import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { crc32, inflateRawSync } from "node:zlib";
import { InvalidRequest } from "../../../core/errors.js";
import { inShort } from "../../../core/given.js";
import { codeOf } from "../../errors.js";

/** A file in a zip archive, as its directory has it. */
export interface ZipEntry {
  /** Its parts separated by "/". */
  readonly path: string;
  /** Bytes, unpacked. */
  readonly size: number;
  readonly crc: number;
  readonly compression: number;
  readonly packed: number;
  /** Where its own header begins. */
  readonly start: number;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const ENCRYPTED = 1;
const UTF_8 = 2 ** 11;
const FULL = 0xffffffff;
/** Of an end record with the longest comment, and of what stands before it in a large archive. */
const MOST_END = 22 + 65_535 + 20;
/** A directory of five million files with names of 200 letters. */
const MOST_DIRECTORY = 2 ** 30;

/** The files in a zip archive, and its empty folders. @throws InvalidRequest where it is damaged or encrypted, or a path leads out of it */
export function readZip(path: string): { readonly entries: ZipEntry[]; readonly folders: string[] } {
  return opened(path, (file) => {
    const { size } = fstatSync(file);
    const read = reader(path, file, size);
    const { start, length, shift } = directoryOf(path, read, size);
    const found = { entries: [] as ZipEntry[], folders: [] as string[] };
    const directory = read(start, length);
    for (let at = 0; at < directory.length; ) {
      if (at + 46 > directory.length || directory.readUInt32LE(at) !== ENTRY)
        throw notWhole(path, "its list of files is damaged");
      const { entry, next, isFolder } = entryAt(path, directory, at, shift);
      if (isFolder) found.folders.push(entry.path);
      else found.entries.push(entry);
      at = next;
    }
    return found;
  });
}

/** A file of an archive, unpacked and checked. @throws InvalidRequest where it is damaged, or packed in a way that is not read */
export function unzip(path: string, { path: inner, size, crc, compression, packed, start }: ZipEntry): Uint8Array {
  const name = `${path}/${inner}`;
  return opened(path, (file) => {
    const read = reader(path, file, fstatSync(file).size);
    const header = read(start, 30);
    if (header.readUInt32LE(0) !== LOCAL) throw notWhole(path, `${inner} is not where its list of files says`);
    const data = read(start + 30 + header.readUInt16LE(26) + header.readUInt16LE(28), packed);
    const bytes = unpacked(name, data, compression, size);
    if (bytes.length !== size || crc32(bytes) !== crc)
      throw new InvalidRequest(`${name} is damaged in its archive: its checksum is another`);
    return bytes;
  });
}

function unpacked(name: string, data: Uint8Array, compression: number, size: number): Uint8Array {
  if (compression === 0) return data;
  if (compression !== 8)
    throw new InvalidRequest(
      `${name} is packed by method ${compression}, which is not read: unpack the archive into a folder, and name that`,
    );
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(size, 1) });
  } catch (error) {
    throw new InvalidRequest(`${name} is damaged in its archive: ${(error as Error).message}`);
  }
}

/** Where the list of files lies, and by how much offsets are off, where something stands before the archive. */
function directoryOf(path: string, read: Reader, size: number) {
  const from = Math.max(0, size - MOST_END);
  const tail = read(from, size - from);
  let at = tail.length - 22;
  while (at >= 0 && !(tail.readUInt32LE(at) === END && at + 22 + tail.readUInt16LE(at + 20) <= tail.length)) at--;
  if (at < 0) throw notWhole(path, "the list of files at its end is missing");
  let [length, start, end] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16), from + at];
  if (tail.readUInt16LE(at + 4) !== 0 && tail.readUInt16LE(at + 4) !== 0xffff)
    throw notWhole(path, "it is one of several parts");
  if (at >= 20 && tail.readUInt32LE(at - 20) === LOCATOR_64) {
    end = Number(tail.readBigUInt64LE(at - 12));
    const large = read(end, 56);
    if (large.readUInt32LE(0) !== END_64) throw notWhole(path, "the list of files at its end is damaged");
    [length, start] = [Number(large.readBigUInt64LE(40)), Number(large.readBigUInt64LE(48))];
  }
  if (length > MOST_DIRECTORY) throw notWhole(path, `its list of files would take ${length} bytes`);
  const shift = end - length - start;
  if (shift < 0) throw notWhole(path, "its list of files is longer than the archive");
  return { start: start + shift, length, shift };
}

function entryAt(path: string, directory: Buffer, at: number, shift: number) {
  const flags = directory.readUInt16LE(at + 8);
  const [nameLength, extraLength] = [directory.readUInt16LE(at + 28), directory.readUInt16LE(at + 30)];
  const next = at + 46 + nameLength + extraLength + directory.readUInt16LE(at + 32);
  if (next > directory.length) throw notWhole(path, "its list of files is damaged");
  const inner = nameOf(directory.subarray(at + 46, at + 46 + nameLength), flags);
  const parts = inner.replaceAll("\\", "/").split("/");
  if (parts.includes("..") || parts[0] === "" || /^[a-z]:/i.test(inner))
    throw new InvalidRequest(
      `${path} holds a file with the path ${inShort(inner)}, which leads out of it: pack it anew`,
    );
  if (flags & ENCRYPTED)
    throw new InvalidRequest(`${path}/${inner} is encrypted: unpack the archive into a folder, and name that`);
  const extra = directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
  const [packed, size, start] = sizes64(extra, [
    directory.readUInt32LE(at + 20),
    directory.readUInt32LE(at + 24),
    directory.readUInt32LE(at + 42),
  ]);
  const entry: ZipEntry = {
    path: parts.filter((part) => part !== "" && part !== ".").join("/"),
    ...{ size, packed, start: start + shift },
    crc: directory.readUInt32LE(at + 16),
    compression: directory.readUInt16LE(at + 10),
  };
  return { entry, next, isFolder: parts.at(-1) === "" };
}

/** Sizes that 32 bits do not hold stand in a field of their own, unpacked before packed. */
function sizes64(extra: Buffer, [packed, size, start]: [number, number, number]): [number, number, number] {
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1) {
      let next = at + 4;
      const large = (small: number): number => {
        if (small !== FULL || next + 8 > extra.length) return small;
        next += 8;
        return Number(extra.readBigUInt64LE(next - 8));
      };
      const unpacked = large(size);
      return [large(packed), unpacked, large(start)];
    }
    at += 4 + length;
  }
  return [packed, size, start];
}

/** Programs of macOS write UTF-8 without saying so. */
function nameOf(bytes: Buffer, flags: number): string {
  if (flags & UTF_8) return bytes.toString("utf8");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString("latin1");
  }
}

type Reader = (start: number, length: number) => Buffer;

const reader =
  (path: string, file: number, size: number): Reader =>
  (start, length) => {
    if (start + length > size) throw notWhole(path, "it ends too early");
    const bytes = Buffer.alloc(length);
    for (let at = 0; at < length; ) {
      const got = readSync(file, bytes, at, length - at, start + at);
      if (got === 0) throw notWhole(path, "it ends too early");
      at += got;
    }
    return bytes;
  };

const notWhole = (path: string, why: string): InvalidRequest =>
  new InvalidRequest(`${path} is not a whole zip archive: ${why}`);

function opened<Result>(path: string, use: (file: number) => Result): Result {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    return use(file);
  } catch (error) {
    if (error instanceof InvalidRequest) throw error;
    throw new InvalidRequest(`cannot read ${path} (${codeOf(error)}): it must be a readable file`);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
