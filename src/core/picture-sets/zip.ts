import { InvalidRequest } from "../errors.js";
import { inShort } from "../given.js";
import { crc32 } from "../pictures/deflate.js";
import { byPath, type FileTree, isLitter, type TreeFile, unwrapped } from "./tree.js";

/** A file that may be a zip archive. */
export interface Archive {
  /** As it is named in errors. */
  readonly name: string;
  readonly size: number;
  /** So many bytes from there on. @throws InvalidRequest where it cannot be read */
  read(start: number, length: number): Promise<Uint8Array>;
  /** Unpacks raw DEFLATE (RFC 1951). @throws Error where it is damaged, or there are more than so many bytes */
  inflate(packed: Uint8Array, most: number): Promise<Uint8Array>;
}

/** A file in a zip archive, as its directory has it. */
interface ZipEntry {
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

/** Whether a file begins as a zip archive does. */
export async function isArchive({ size, read }: Pick<Archive, "size" | "read">): Promise<boolean> {
  if (size < 2) return false;
  const [first, second] = await read(0, 2);
  return first === 0x50 && second === 0x4b;
}

/**
 * The files in a zip archive, each unpacked when it is read.
 *
 * @param more  what is known of each file besides
 * @throws InvalidRequest where it is damaged or encrypted, or a path leads out of it
 */
export async function archiveTree<More extends object>(
  archive: Archive,
  more: More,
): Promise<FileTree<TreeFile & More>> {
  const { name } = archive;
  const { entries, folders } = await readZip(archive);
  const isKept = (inner: string) => !inner.split("/").some(isLitter);
  const seen = new Set<string>();
  const kept = entries.filter((entry) => isKept(entry.path));
  for (const entry of kept) {
    if (seen.has(entry.path)) throw new InvalidRequest(`${name} holds ${entry.path} twice: pack it anew`);
    seen.add(entry.path);
  }
  const isFull = new Set(kept.flatMap((entry) => foldersAbove(entry.path)));
  const empty = folders.filter((folder) => isKept(folder) && !isFull.has(folder));
  const files = kept.map((entry) => {
    const { path, size } = entry;
    return { ...more, path, name: `${name}/${path}`, size, read: () => unzip(archive, entry) };
  });
  const isLast = (folder: string) => !empty.some((other) => other.startsWith(`${folder}/`));
  return unwrapped({ root: name, files: files.sort(byPath), empty: empty.filter(isLast).sort() });
}

const foldersAbove = (path: string): string[] =>
  path
    .split("/")
    .slice(0, -1)
    .map((_, i, parts) => parts.slice(0, i + 1).join("/"));

async function readZip(archive: Archive): Promise<{ readonly entries: ZipEntry[]; readonly folders: string[] }> {
  const { name } = archive;
  const { start, length, shift } = await directoryOf(archive);
  const found = { entries: [] as ZipEntry[], folders: [] as string[] };
  const directory = await viewOf(archive, start, length);
  for (let at = 0; at < length; ) {
    if (at + 46 > length || directory.getUint32(at, true) !== ENTRY)
      throw notWhole(name, "its list of files is damaged");
    const { entry, next, isFolder } = entryAt(name, directory, at, shift);
    if (isFolder) found.folders.push(entry.path);
    else found.entries.push(entry);
    at = next;
  }
  return found;
}

/** A file of an archive, unpacked and checked. @throws InvalidRequest where it is damaged, or packed in a way that is not read */
async function unzip(archive: Archive, { path, size, crc, compression, packed, start }: ZipEntry): Promise<Uint8Array> {
  const name = `${archive.name}/${path}`;
  const header = await viewOf(archive, start, 30);
  if (header.getUint32(0, true) !== LOCAL) throw notWhole(archive.name, `${path} is not where its list of files says`);
  const data = await viewOf(archive, start + 30 + header.getUint16(26, true) + header.getUint16(28, true), packed);
  const bytes = await unpacked(archive, name, bytesIn(data), compression, size);
  if (bytes.length !== size || crc32(bytes) !== crc)
    throw new InvalidRequest(`${name} is damaged in its archive: its checksum is another`);
  return bytes;
}

async function unpacked(
  { inflate }: Archive,
  name: string,
  data: Uint8Array,
  compression: number,
  size: number,
): Promise<Uint8Array> {
  if (compression === 0) return data;
  if (compression !== 8)
    throw new InvalidRequest(
      `${name} is packed by method ${compression}, which is not read: unpack the archive into a folder, and name that`,
    );
  try {
    return await inflate(data, Math.max(size, 1));
  } catch (error) {
    throw new InvalidRequest(`${name} is damaged in its archive: ${(error as Error).message}`);
  }
}

/** Where the list of files lies, and by how much offsets are off, where something stands before the archive. */
async function directoryOf(archive: Archive) {
  const { name, size } = archive;
  const from = Math.max(0, size - MOST_END);
  const tail = await viewOf(archive, from, size - from);
  let at = tail.byteLength - 22;
  const isEnd = () => tail.getUint32(at, true) === END && at + 22 + tail.getUint16(at + 20, true) <= tail.byteLength;
  while (at >= 0 && !isEnd()) at--;
  if (at < 0) throw notWhole(name, "the list of files at its end is missing");
  let [length, start, end] = [tail.getUint32(at + 12, true), tail.getUint32(at + 16, true), from + at];
  if (tail.getUint16(at + 4, true) !== 0 && tail.getUint16(at + 4, true) !== 0xffff)
    throw notWhole(name, "it is one of several parts");
  if (at >= 20 && tail.getUint32(at - 20, true) === LOCATOR_64) {
    end = Number(tail.getBigUint64(at - 12, true));
    const large = await viewOf(archive, end, 56);
    if (large.getUint32(0, true) !== END_64) throw notWhole(name, "the list of files at its end is damaged");
    [length, start] = [Number(large.getBigUint64(40, true)), Number(large.getBigUint64(48, true))];
  }
  if (length > MOST_DIRECTORY) throw notWhole(name, `its list of files would take ${length} bytes`);
  const shift = end - length - start;
  if (shift < 0) throw notWhole(name, "its list of files is longer than the archive");
  return { start: start + shift, length, shift };
}

function entryAt(name: string, directory: DataView, at: number, shift: number) {
  const flags = directory.getUint16(at + 8, true);
  const [nameLength, extraLength] = [directory.getUint16(at + 28, true), directory.getUint16(at + 30, true)];
  const next = at + 46 + nameLength + extraLength + directory.getUint16(at + 32, true);
  if (next > directory.byteLength) throw notWhole(name, "its list of files is damaged");
  const inner = nameOf(bytesIn(directory, at + 46, nameLength), flags);
  const parts = inner.replaceAll("\\", "/").split("/");
  if (parts.includes("..") || parts[0] === "" || /^[a-z]:/i.test(inner))
    throw new InvalidRequest(
      `${name} holds a file with the path ${inShort(inner)}, which leads out of it: pack it anew`,
    );
  if (flags & ENCRYPTED)
    throw new InvalidRequest(`${name}/${inner} is encrypted: unpack the archive into a folder, and name that`);
  const extra = new DataView(directory.buffer, directory.byteOffset + at + 46 + nameLength, extraLength);
  const [packed, size, start] = sizes64(extra, [
    directory.getUint32(at + 20, true),
    directory.getUint32(at + 24, true),
    directory.getUint32(at + 42, true),
  ]);
  const entry: ZipEntry = {
    path: parts.filter((part) => part !== "" && part !== ".").join("/"),
    ...{ size, packed, start: start + shift },
    crc: directory.getUint32(at + 16, true),
    compression: directory.getUint16(at + 10, true),
  };
  return { entry, next, isFolder: parts.at(-1) === "" };
}

/** Sizes that 32 bits do not hold stand in a field of their own, unpacked before packed. */
function sizes64(extra: DataView, [packed, size, start]: [number, number, number]): [number, number, number] {
  for (let at = 0; at + 4 <= extra.byteLength; ) {
    const length = extra.getUint16(at + 2, true);
    if (extra.getUint16(at, true) === 1) {
      let next = at + 4;
      const large = (small: number): number => {
        if (small !== FULL || next + 8 > extra.byteLength) return small;
        next += 8;
        return Number(extra.getBigUint64(next - 8, true));
      };
      const unpacked = large(size);
      return [large(packed), unpacked, large(start)];
    }
    at += 4 + length;
  }
  return [packed, size, start];
}

/** Programs of macOS write UTF-8 without saying so. */
function nameOf(bytes: Uint8Array, flags: number): string {
  if (flags & UTF_8) return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  }
}

async function viewOf({ name, size, read }: Archive, start: number, length: number): Promise<DataView> {
  if (start + length > size) throw notWhole(name, "it ends too early");
  const bytes = await read(start, length);
  if (bytes.length < length) throw notWhole(name, "it ends too early");
  return new DataView(bytes.buffer, bytes.byteOffset, length);
}

const bytesIn = (view: DataView, start = 0, length = view.byteLength - start): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset + start, length);

const notWhole = (name: string, why: string): InvalidRequest =>
  new InvalidRequest(`${name} is not a whole zip archive: ${why}`);
