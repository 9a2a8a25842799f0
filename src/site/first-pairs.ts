/** Networks see means of four whole numbers of 0–255, so a pixel is a multiple of a quarter: this many of 255. */
export const MOST_QUARTERS = 4 * 255;

/** Two bits of so many pixels are in a byte. */
const IN_A_BYTE = 4;

/**
 * A matrix of so many columns, row by row, as its columns one after the other. Where rows are images, the same pixel of all images stands
 * together, and most of these are 0: gzip makes less of them.
 */
export function transposed(values: Uint16Array, columns: number): Uint16Array<ArrayBuffer> {
  const rows = values.length / columns;
  return Uint16Array.from(values, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)] as number);
}

/**
 * A file of pixels, given in quarters: a byte for each, rounded up, then two bits for each that is not 0, which say how many quarters that
 * was too much; the first pixel's bits are a byte's lowest. Most pixels are 0, and gzip can make nothing of the two bits: they are as
 * good as random.
 *
 * @param quarters  each of 0–1020
 */
export function encodeQuarters(quarters: Uint16Array): Uint8Array<ArrayBuffer> {
  const inked = quarters.reduce((sum, each) => sum + Number(each > 0), 0);
  const { length } = quarters;
  const file = new Uint8Array(length + Math.ceil(inked / IN_A_BYTE));
  let seen = 0;
  quarters.forEach((each, i) => {
    if (each > MOST_QUARTERS) throw new Error(`pixel ${i} is ${each} quarters, and there are at most ${MOST_QUARTERS}`);
    const rounded = Math.ceil(each / 4);
    file[i] = rounded;
    if (each === 0) return;
    const at = length + Math.floor(seen / IN_A_BYTE);
    file[at] = (file[at] as number) | ((4 * rounded - each) << (2 * (seen % IN_A_BYTE)));
    seen++;
  });
  return file;
}

/**
 * The pixels of a file that `encodeQuarters` has made, in quarters.
 *
 * @param length  how many pixels there are
 * @returns undefined where the file is not one of so many
 */
export function decodeQuarters(file: Uint8Array, length: number): Uint16Array<ArrayBuffer> | undefined {
  if (file.length < length) return undefined;
  const quarters = new Uint16Array(length);
  let seen = 0;
  for (let i = 0; i < length; i++) {
    const rounded = file[i] as number;
    if (rounded === 0) continue;
    const bits = (file[length + Math.floor(seen / IN_A_BYTE)] ?? 0) >> (2 * (seen % IN_A_BYTE));
    quarters[i] = 4 * rounded - (bits & 3);
    seen++;
  }
  return file.length === length + Math.ceil(seen / IN_A_BYTE) ? quarters : undefined;
}
