import { namedBytes } from "../checks.js";
import type { NamedBytes } from "../data/idx.js";
import { InvalidRequest } from "../errors.js";
import { inShort } from "../given.js";
import { nounFor } from "../text/format.js";
import { InvalidJson, parseJson } from "./parse-json.js";
import type { NamedTensor, TensorData } from "./safetensors.js";

/** The content of a safetensors file. */
export interface SafetensorsFile {
  /** In the order of their bytes. */
  readonly tensors: readonly NamedTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** A tensor as the header describes it; offsets count from the end of the header. */
interface Entry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: number[];
  readonly start: number;
  readonly end: number;
}

type Dtype = keyof typeof DTYPES;

/** Bytes of an element, and a tensor's elements from its bytes. */
interface DtypeRule {
  readonly size: number;
  readonly read: (bytes: ArrayBuffer) => TensorData;
}

const DTYPES = {
  F32: { size: 4, read: (bytes) => new Float32Array(bytes) },
  F16: { size: 2, read: (bytes) => widened(bytes, ofHalf) },
  BF16: { size: 2, read: (bytes) => widened(bytes, (bits) => ofBits(bits << 16)) },
  F64: { size: 8, read: (bytes) => Float32Array.from(new Float64Array(bytes)) },
  I32: { size: 4, read: (bytes) => new Int32Array(bytes) },
  I64: { size: 8, read: (bytes) => new BigInt64Array(bytes) },
} as const satisfies Record<string, DtypeRule>;

/** Floats of 16 bits in 32. */
const widened = (bytes: ArrayBuffer, value: (bits: number) => number): Float32Array =>
  Float32Array.from(new Uint16Array(bytes), value);

const shared = new DataView(new ArrayBuffer(4));

/** A number of IEEE 754's binary32. */
function ofBits(bits: number): number {
  shared.setInt32(0, bits);
  return shared.getFloat32(0);
}

/** A number of IEEE 754's binary16: a sign, 5 bits of exponent with a bias of 15, 10 bits of fraction. */
function ofHalf(bits: number): number {
  const sign = (bits & 0x8000) << 16;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return (sign ? -1 : 1) * (fraction / 2 ** 24);
  // The bias of 32 bits is 127; infinities and NaN have the largest exponent in both.
  return ofBits(sign | ((exponent === 0x1f ? 0xff : exponent + 112) << 23) | (fraction << 13));
}

const LENGTH_BYTES = 8;
/** The header of a checkpoint of 100,000 evaluated epochs has 13 MB. A parser takes several times that memory. */
const MOST_HEADER_BYTES = 2 ** 25;
/** The header, a tensor and its shape are three levels. Other programs may add some. */
const MOST_LEVELS = 8;

/** The part of the runtime's text decoder that is used. Every runtime has it; the type libraries of this folder do not. */
declare const TextDecoder: {
  new (encoding: "utf-8", options: { fatal: true; ignoreBOM: true }): { decode(bytes: Uint8Array): string };
};

/**
 * Reads a safetensors file (https://github.com/huggingface/safetensors, "Format") of F32, F16, BF16, F64, I32 and I64 tensors.
 * F16 and BF16 become the same numbers in a `Float32Array`; F64 is rounded to the nearest number of 32 bits, of two equally near ones to
 * the one whose last bit is 0. Each tensor must have as many bytes as its shape needs, and the tensors must fill the file after the
 * header without gaps.
 *
 * @throws InvalidRequest naming the file and the first thing that is wrong in it, such as a tensor with a finite number of 64 bits that
 *   32 bits do not hold
 */
export function decodeSafetensors(named: NamedBytes): SafetensorsFile {
  namedBytes(named, "the file");
  const { name: file, bytes } = named;
  const refuse = (problem: string): never => {
    throw new InvalidRequest(`${file}: ${problem}`);
  };
  const length = headerLength(bytes, refuse);
  const header = parseHeader(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length), refuse);
  const data = bytes.subarray(LENGTH_BYTES + length);
  const { __metadata__: metadata = {}, ...others } = header;
  if (!isObject(metadata)) return refuse("__metadata__ is not an object");
  if (!hasStrings(metadata)) return refuse("__metadata__ has a value that is not a string");
  const entries = Object.entries(others).map(([name, value]) => readEntry(name, value, refuse));
  // A tensor without elements comes before the one that starts at the same byte.
  entries.sort((a, b) => a.start - b.start || a.end - b.end);
  let at = 0;
  for (const { name, start, end } of entries) {
    if (start !== at)
      refuse(
        `tensor ${quote(name)} starts at byte ${start}, where ${at} is due: tensors must leave no gap and not overlap`,
      );
    at = end;
  }
  if (at !== data.length) refuse(`the tensors take ${at} bytes, but ${data.length} follow the header`);
  const tensors = entries.map(({ name, dtype, shape, start, end }) => {
    const copy = new Uint8Array(end - start);
    copy.set(data.subarray(start, end));
    const elements = DTYPES[dtype].read(copy.buffer);
    if (dtype === "F64") requireHeld(name, new Float64Array(copy.buffer), elements as Float32Array, refuse);
    return { name, shape, data: elements };
  });
  return { tensors, metadata };
}

type Refuse = (problem: string) => never;

function requireHeld(name: string, given: Float64Array, held: Float32Array, refuse: Refuse): void {
  const lost = given.findIndex((value, i) => Number.isFinite(value) && !Number.isFinite(held[i]));
  if (lost >= 0) refuse(`tensor ${quote(name)} has the number ${given[lost]}, which is too large for 32 bits`);
}

function headerLength(bytes: Uint8Array, refuse: Refuse): number {
  const { length } = bytes;
  if (length < LENGTH_BYTES)
    return refuse(
      `${length} ${nounFor(length, "byte is", "bytes are")} not a safetensors file: its header's length takes 8`,
    );
  const asked = new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES).getBigUint64(0, true);
  const most = length - LENGTH_BYTES;
  if (asked > BigInt(most))
    return refuse(
      `the header should take ${asked} bytes, but ${most} follow its length: cut short, or not a safetensors file`,
    );
  if (asked > BigInt(MOST_HEADER_BYTES))
    return refuse(`the header should take ${asked} bytes: more than ${MOST_HEADER_BYTES} are not read`);
  return Number(asked);
}

function parseHeader(bytes: Uint8Array, refuse: Refuse): Record<string, unknown> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse("the header is not JSON in UTF-8");
  }
  try {
    const header = parseJson(text, MOST_LEVELS);
    if (text.startsWith("{") && isObject(header)) return header;
  } catch (error) {
    if (!(error instanceof InvalidJson)) throw error;
    return refuse(`the header ${error.message}${error.message === "is not JSON" ? " in UTF-8" : ""}`);
  }
  return refuse("the header is not a JSON object from its first byte on");
}

function readEntry(name: string, value: unknown, refuse: Refuse): Entry {
  const where = `tensor ${quote(name)}`;
  if (!isObject(value)) return refuse(`${where} is not described by an object`);
  const { dtype, shape, data_offsets: offsets } = value;
  if (!isDtype(dtype))
    return refuse(`${where} has dtype ${quote(dtype)}, not one of ${Object.keys(DTYPES).join(", ")}`);
  if (!areSizes(shape)) return refuse(`${where} has shape ${quote(shape)}, not a list of whole numbers ≥ 0`);
  if (!areSizes(offsets) || offsets.length !== 2)
    return refuse(`${where} has data_offsets ${quote(offsets)}, not two whole numbers ≥ 0`);
  const [start = 0, end = 0] = offsets;
  const due = shape.reduce((product, size) => product * size, DTYPES[dtype].size as number);
  if (end - start !== due) return refuse(`${where}: ${dtype} ${quote(shape)} takes ${due} bytes, not ${end - start}`);
  return { name, dtype, shape, start, end };
}

const quote = (value: unknown): string => inShort(JSON.stringify(value) ?? "missing");
const isDtype = (value: unknown): value is Dtype => typeof value === "string" && Object.hasOwn(DTYPES, value);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const hasStrings = (value: Record<string, unknown>): value is Record<string, string> =>
  Object.values(value).every((entry) => typeof entry === "string");
const areSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
