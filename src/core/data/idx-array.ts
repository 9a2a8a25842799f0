import { InvalidRequest } from "../errors.js";

/** The numbers of an IDX file of any number of dimensions: unsigned, 8, 16 or 32 bits each. */
export interface IdxArray {
  readonly sizes: readonly number[];
  readonly data: Uint8Array | Uint16Array | Uint32Array;
}

/** How many bytes a number takes. */
type NumberBytes = 1 | 2 | 4;

/** By bytes of a number. IDX has no types of unsigned numbers of 16 and 32 bits: those of its short and int types are taken as such. */
const TYPES: Readonly<Record<NumberBytes, number>> = { 1: 0x08, 2: 0x0b, 4: 0x0c };

const MOST_DIMENSIONS = 4;

/** Bytes of a file before its data. */
const headerOf = (dimensions: number): number => 4 + 4 * dimensions;

/** How long the file of an array is. */
export const idxLength = (sizes: readonly number[], bytes: NumberBytes): number =>
  sizes.reduce((product, size) => product * size, bytes) + headerOf(sizes.length);

/** The whole file of an array. */
export function encodeIdx({ sizes, data }: IdxArray): Uint8Array<ArrayBuffer> {
  const start = headerOf(sizes.length);
  const file = new Uint8Array(start + data.byteLength);
  const view = new DataView(file.buffer);
  view.setUint32(0, (TYPES[data.BYTES_PER_ELEMENT as NumberBytes] << 8) | sizes.length);
  for (const [i, size] of sizes.entries()) view.setUint32(4 + 4 * i, size);
  if (data instanceof Uint8Array) file.set(data, start);
  else if (data instanceof Uint32Array)
    for (let i = 0; i < data.length; i++) view.setUint32(start + 4 * i, data[i] as number);
  else for (let i = 0; i < data.length; i++) view.setUint16(start + 2 * i, data[i] as number);
  return file;
}

/**
 * Reads a file that `encodeIdx` has made.
 *
 * @throws InvalidRequest where it is none, or has not the length that its header asks for
 */
export function decodeIdx(name: string, file: Uint8Array): IdxArray {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const magic = file.length < 4 ? 0 : view.getUint32(0);
  const [type, dimensions] = [magic >>> 8, magic & 0xff];
  const bytes = ([1, 2, 4] as const).find((each) => TYPES[each] === type);
  const isKnown = bytes !== undefined && dimensions >= 1 && dimensions <= MOST_DIMENSIONS;
  if (!isKnown || file.length < headerOf(dimensions))
    throw new InvalidRequest(`${name} is not an IDX file of unsigned numbers of 8, 16 or 32 bits`);
  const sizes = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  if (file.length !== idxLength(sizes, bytes))
    throw new InvalidRequest(
      `${name} has ${file.length} bytes, but its header (${sizes.join("×")}) asks for ${idxLength(sizes, bytes)}`,
    );
  const start = headerOf(dimensions);
  if (bytes === 1) return { sizes, data: file.subarray(start) };
  const data = new (bytes === 2 ? Uint16Array : Uint32Array)((file.length - start) / bytes);
  for (let i = 0; i < data.length; i++)
    data[i] = bytes === 2 ? view.getUint16(start + 2 * i) : view.getUint32(start + 4 * i);
  return { sizes, data };
}
