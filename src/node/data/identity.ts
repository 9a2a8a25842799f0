import { createHash } from "node:crypto";
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
  const all = createHash("sha256");
  for (const digest of digests) all.update(digest, "hex");
  return {
    sha256: all.digest("hex"),
    official: digests.every((digest, i) => digest === OFFICIAL_FILES[i]?.sha256),
  };
}

/** SHA-256 of an IDX file of unsigned bytes. */
function idxDigest(sizes: readonly number[], data: Uint8Array): string {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt32BE(0x0800 | sizes.length, 0);
  for (const [i, size] of sizes.entries()) header.writeUInt32BE(size, 4 + 4 * i);
  return createHash("sha256").update(header).update(data).digest("hex");
}
