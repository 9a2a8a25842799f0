import { joined } from "./mutate.js";
import type { Random } from "./random.js";

/** An IDX file by its description: two zero bytes, a type, the number of dimensions, their sizes, the data. */
export function idx(sizes: readonly number[], data: Uint8Array, type = 8): Uint8Array {
  const head = new DataView(new ArrayBuffer(4 + 4 * sizes.length));
  head.setUint32(0, (type << 8) | sizes.length);
  sizes.forEach((size, i) => {
    head.setUint32(4 + 4 * i, size);
  });
  return joined(new Uint8Array(head.buffer), data);
}

/** Small images and their labels that fit together, as two files. */
export function imagesAndLabels(random: Random, height = 1 + random.below(5), width = 1 + random.below(5)) {
  const count = random.below(6);
  return {
    images: idx([count, height, width], pixels(random, count * height * width)),
    labels: idx(
      [count],
      random.bytes(count).map((byte) => byte % 10),
    ),
  };
}

/** Of many, one is like another. */
function pixels(random: Random, count: number): Uint8Array {
  const step = 1 + random.below(250);
  return count < 1000 ? random.bytes(count) : Uint8Array.from({ length: count }, (_, i) => (i * step + (i >> 8)) % 256);
}

/** What two files hold, worked out in whole numbers of any size; undefined where they are not to be taken. */
export function readIdx(images: Uint8Array, labels: Uint8Array) {
  const [of, named] = [sizesIn(images, 3), sizesIn(labels, 1)];
  if (!of || !named || of[0] !== named[0]) return undefined;
  const [count, height, width] = of as [number, number, number];
  const values = labels.subarray(8);
  if (height < 2 || width < 2 || values.some((label) => label > 9)) return undefined;
  return { count, height, width, pixels: images.subarray(16), labels: values };
}

function sizesIn(file: Uint8Array, dimensions: number): number[] | undefined {
  const start = 4 + 4 * dimensions;
  if (file.length < start || file[0] !== 0 || file[1] !== 0 || file[2] !== 8 || file[3] !== dimensions)
    return undefined;
  const view = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const sizes = Array.from({ length: dimensions }, (_, i) => view.readUInt32BE(4 + 4 * i));
  const asked = sizes.reduce((product, size) => product * BigInt(size), 1n);
  return asked === BigInt(file.length - start) ? sizes : undefined;
}
