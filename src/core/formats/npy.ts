import { utf8ToBytes } from "@noble/hashes/utils.js";
import { counting, typed } from "../checks.js";

/** The magic string, the version 1.0 and the header's length as u16. */
const BEFORE_HEADER = 10;
const ALIGNMENT = 64;

/**
 * Encodes a matrix as a NumPy file (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, version 1.0): little-endian
 * float32, row by row. `numpy.load` reads it.
 *
 * @param rows  [count, width]
 * @throws InvalidRequest where there are not count · width numbers
 */
export function encodeNpy(rows: Float32Array, count: number, width: number): Uint8Array<ArrayBuffer> {
  counting(count, "count");
  counting(width, "width");
  typed("Float32Array", count * width, "count × width")(rows, "rows");
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${count}, ${width}), }`;
  const length = Math.ceil((BEFORE_HEADER + header.length + 1) / ALIGNMENT) * ALIGNMENT - BEFORE_HEADER;
  const file = new Uint8Array(BEFORE_HEADER + length + rows.byteLength);
  file.set([0x93, ...utf8ToBytes("NUMPY"), 1, 0]);
  new DataView(file.buffer).setUint16(8, length, true);
  file.set(utf8ToBytes(`${header.padEnd(length - 1)}\n`), BEFORE_HEADER);
  file.set(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength), BEFORE_HEADER + length);
  return file;
}
