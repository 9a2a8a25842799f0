import { digestOfDigests, newSha256 } from "../digest.js";
import { OFFICIAL_FILES } from "./mnist.js";

/** Grey images as IDX files hold them, the training images first. */
interface IdxImages {
  readonly height: number;
  readonly width: number;
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
}

/**
 * The digest of the four IDX files that images would be: of the files' own digests, training images and labels, test images and labels.
 *
 * @param training  how many images are for training
 */
export function officialIdentity(
  { height, width, pixels, labels }: IdxImages,
  training: number,
): { sha256: string; official: boolean } {
  const size = height * width;
  const digests = [
    idxDigest([training, height, width], pixels.subarray(0, training * size)),
    idxDigest([training], labels.subarray(0, training)),
    idxDigest([labels.length - training, height, width], pixels.subarray(training * size)),
    idxDigest([labels.length - training], labels.subarray(training)),
  ];
  return {
    sha256: digestOfDigests(digests),
    official: digests.every((digest, i) => digest === OFFICIAL_FILES[i]?.sha256),
  };
}

/** SHA-256 of an IDX file of unsigned bytes. */
function idxDigest(sizes: readonly number[], data: Uint8Array): string {
  const header = new DataView(new ArrayBuffer(4 + 4 * sizes.length));
  header.setUint32(0, 0x0800 | sizes.length);
  for (const [i, size] of sizes.entries()) header.setUint32(4 + 4 * i, size);
  return newSha256().update(new Uint8Array(header.buffer)).update(data).hex();
}
