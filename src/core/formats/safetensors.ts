import { utf8ToBytes } from "@noble/hashes/utils.js";
import { listOf, partly, refuse, text, within } from "../checks.js";
import { InvalidRequest } from "../errors.js";

/** A tensor as a safetensors file holds it. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** A tensor's elements. A file that is written has them as F32, I32 or I64. */
export type TensorData = Float32Array | Int32Array | BigInt64Array;

const ALIGNMENT = 8;
const SPACE = 0x20;

function checkTensor(tensor: unknown, what: string): void {
  partly({ name: text, shape: listOf(within({ least: 0, most: Number.MAX_SAFE_INTEGER, whole: true })) })(tensor, what);
  const { shape, data } = tensor as NamedTensor;
  if (!(data instanceof Float32Array || data instanceof Int32Array || data instanceof BigInt64Array))
    refuse(`${what}.data`, "a Float32Array, an Int32Array or a BigInt64Array", data);
  const size = shape.reduce((product, length) => product * length, 1);
  if (data.length !== size)
    throw new InvalidRequest(`${what}.data has ${data.length} elements, but its shape [${shape}] has ${size}`);
}

/**
 * Encodes a safetensors file (https://github.com/huggingface/safetensors, "Format"): the header's length as u64, the header as
 * JSON padded with spaces, then the tensors' bytes, all little-endian. The same tensors and metadata always give the same
 * bytes.
 *
 * @throws InvalidRequest where a tensor's data have another type than `TensorData`, or another size than its shape
 */
export function encodeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  listOf(checkTensor)(tensors, "tensors");
  const header: [string, unknown][] = [];
  if (Object.keys(metadata).length > 0) header.push(["__metadata__", metadata]);
  let end = 0;
  // 64-bit tensors first, so that every tensor starts at a multiple of its element's size.
  const ordered = tensors.toSorted((a, b) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT);
  for (const { name, shape, data } of ordered) {
    header.push([name, { dtype: dtypeOf(data), shape, data_offsets: [end, end + data.byteLength] }]);
    end += data.byteLength;
  }
  const text = utf8ToBytes(JSON.stringify(Object.fromEntries(header)));
  const headerBytes = Math.ceil(text.length / ALIGNMENT) * ALIGNMENT;
  const file = new Uint8Array(8 + headerBytes + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(SPACE, 8, 8 + headerBytes);
  file.set(text, 8);
  let at = 8 + headerBytes;
  for (const { data } of ordered) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

export function dtypeOf(data: TensorData): "F32" | "I32" | "I64" {
  if (data instanceof Float32Array) return "F32";
  return data instanceof Int32Array ? "I32" : "I64";
}
