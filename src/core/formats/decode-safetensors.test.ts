import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidRequest } from "../errors.js";
import { decodeSafetensors } from "./decode-safetensors.js";
import { encodeSafetensors, type NamedTensor } from "./safetensors.js";

const decode = (bytes: Uint8Array) => decodeSafetensors({ name: "file", bytes });

/** A file by the format's own description. */
function fileOf(header: unknown, data: ArrayLike<number> = [], headerBytes?: number): Uint8Array {
  const text = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(headerBytes ?? text.length));
  return new Uint8Array(Buffer.concat([length, text, Uint8Array.from(data)]));
}

function refusal(bytes: Uint8Array): string {
  try {
    decode(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidRequest);
    return (error as InvalidRequest).message;
  }
  throw new Error("it was taken");
}

const word = fc.string({ unit: "binary", maxLength: 12 });
const shape = fc.array(fc.nat({ max: 4 }), { maxLength: 3 });

/** Elements of any bits. */
const tensor = fc
  .record({
    name: word.filter((name) => name !== "__metadata__"),
    shape,
    type: fc.constantFrom(Float32Array, Int32Array, BigInt64Array),
  })
  .chain(({ name, shape, type }) => {
    const length = shape.reduce((product, size) => product * size, type.BYTES_PER_ELEMENT);
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map(({ buffer }): NamedTensor => ({ name, shape, data: new type(buffer as ArrayBuffer) }));
  });
const tensors = fc.uniqueArray(tensor, { selector: ({ name }) => name, maxLength: 6 });
const metadata = fc.dictionary(word, word, { maxKeys: 3 });

/** Each tensor's type, shape and bytes by its name. */
const contents = (tensors: readonly NamedTensor[]) =>
  new Map(
    tensors.map(({ name, shape, data }) => {
      const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      return [name, [data.constructor, shape, bytes.toString("hex")]];
    }),
  );

describe("what is encoded is decoded", () => {
  it("whatever the names, types, shapes, bits and metadata", () => {
    fc.assert(
      fc.property(tensors, metadata, (tensors, metadata) => {
        const decoded = decode(encodeSafetensors(tensors, metadata));
        expect(contents(decoded.tensors)).toEqual(contents(tensors));
        expect(Object.entries(decoded.metadata).sort()).toEqual(Object.entries(metadata).sort());
      }),
    );
  });

  it("wherever the bytes lie in their buffer, and without sharing it", () => {
    const file = encodeSafetensors([{ name: "a", shape: [2], data: Float32Array.of(1.5, -2) }]);
    const around = new Uint8Array(file.length + 3);
    around.set(file, 3);
    const [a] = decode(around.subarray(3)).tensors;
    around.fill(0);
    expect(a?.data).toEqual(Float32Array.of(1.5, -2));
  });

  it("and nothing else: a file cut short or longer is refused", () => {
    fc.assert(
      fc.property(tensors, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (tensors, part) => {
        const file = encodeSafetensors(tensors);
        expect(refusal(file.subarray(0, Math.floor(part * file.length)))).toMatch(/^file: [^\n]+$/);
        expect(refusal(Uint8Array.of(...file, 0))).toMatch(/^file: the tensors take/);
      }),
    );
  });
});

it("a file of another program is read: spaces, another order, an empty tensor between", () => {
  const header = ` { "b" : {"data_offsets": [8, 16], "shape": [], "dtype": "I64"},
    "none": {"dtype": "F32", "shape": [2, 0], "data_offsets": [8, 8]},
    "a\\"}": {"dtype": "F32", "shape": [1, 2], "data_offsets": [0, 8], "a": 1}, "__metadata__": {"a": "\\"b\\": {"}}   `;
  const data = [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0xfe, 255, 255, 255, 255, 255, 255, 255];
  expect(decode(fileOf(header.trimStart(), data))).toEqual({
    metadata: { a: '"b": {' },
    tensors: [
      { name: 'a"}', shape: [1, 2], data: Float32Array.of(1, -2) },
      { name: "none", shape: [2, 0], data: new Float32Array() },
      { name: "b", shape: [], data: BigInt64Array.of(-2n) },
    ],
  });
});

describe("floats of other sizes become those of 32 bits", () => {
  /** What a file says whose only tensor has these bits. */
  const floats = (dtype: string, data: ArrayBufferView): Float32Array => {
    const shape = [data.byteLength / (dtype === "F64" ? 8 : 2)];
    const header = { a: { dtype, shape, data_offsets: [0, data.byteLength] } };
    const [tensor] = decode(fileOf(header, new Uint8Array(data.buffer))).tensors;
    return tensor?.data as Float32Array;
  };
  const all = Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits);

  it("F16, all of them: 2 to the exponent less 15, times 1 and 1,024ths", () => {
    const due = Float32Array.from(all, (bits) => {
      const [sign, exponent, fraction] = [bits < 2 ** 15 ? 1 : -1, (bits >> 10) % 32, bits % 1024];
      if (exponent === 31) return fraction ? Number.NaN : sign / 0;
      return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : (2 ** -14 * fraction) / 1024);
    });
    const read = floats("F16", all);
    expect(read).toBeInstanceOf(Float32Array);
    expect(Buffer.compare(Buffer.from(read.map(plain).buffer), Buffer.from(due.map(plain).buffer))).toBe(0);
    expect([0x3c00, 0x7bff, 1, 0xc000, 0x3555].map((bits) => read[bits])).toEqual([
      ...[1, 65_504, 2 ** -24, -2, Math.fround(0.333251953125)],
    ]);
  });

  it("BF16, all of them: the upper half of 32 bits", () => {
    const due = new Float32Array(Uint32Array.from(all, (bits) => bits * 2 ** 16).buffer);
    const read = floats("BF16", all);
    expect(Buffer.compare(Buffer.from(read.map(plain).buffer), Buffer.from(due.map(plain).buffer))).toBe(0);
    expect([0x3f80, 0xc049].map((bits) => read[bits])).toEqual([1, -3.140625]);
  });

  it("F64: the nearest; of two equally near ones the one whose last bit is 0", () => {
    const given = [1 + 2 ** -24, 1 + 3 * 2 ** -24, 0.1, 1e-50, -0, Number.NaN, Number.POSITIVE_INFINITY, 3.4e38];
    const due = [1, 1 + 2 ** -22, Math.fround(0.1), 0, -0, Number.NaN, Number.POSITIVE_INFINITY, Math.fround(3.4e38)];
    expect([...floats("F64", Float64Array.from(given))]).toEqual(due);
    fc.assert(
      fc.property(fc.float(), (value) => {
        expect(floats("F64", Float64Array.of(value))[0]).toBe(value);
      }),
    );
  });

  it.each([1e39, -Number.MAX_VALUE])("but an F64 of %d is refused: 32 bits do not hold it", (value) => {
    const header = { "head.0.bias": { dtype: "F64", shape: [2], data_offsets: [0, 16] } };
    const file = fileOf(header, new Uint8Array(Float64Array.of(0, value).buffer));
    expect(refusal(file)).toBe(`file: tensor "head.0.bias" has the number ${value}, which is too large for 32 bits`);
  });
});

/** The bits of a NaN do not matter. */
const plain = (value: number): number => (Number.isNaN(value) ? Number.NaN : value);

const bytes = (count: number) => new Uint8Array(count);
const f32 = (start: number, end: number, ...shape: unknown[]) => ({ dtype: "F32", shape, data_offsets: [start, end] });
const one = f32(0, 4, 1);

describe("a bad file is refused with what is wrong in it", () => {
  it.each<[string, Uint8Array, string]>([
    ["nothing", bytes(0), "0 bytes are not a safetensors file: its header's length takes 8"],
    ["less than a length", bytes(7), "7 bytes are not a safetensors file: its header's length takes 8"],
    [
      "a header beyond the end",
      fileOf("{}", [], 3),
      "the header should take 3 bytes, but 2 follow its length: cut short, or not a safetensors file",
    ],
    [
      "a header of unheard-of length",
      Uint8Array.of(...new Uint8Array(8).fill(255), 1),
      "the header should take 18446744073709551615 bytes, but 1 follow its length: cut short, or not a safetensors file",
    ],
    ["no JSON", fileOf("{a}"), "the header is not JSON in UTF-8"],
    ["an empty header", fileOf(""), "the header is not JSON in UTF-8"],
    [
      "no UTF-8",
      fileOf("{}", [0x22, 0xff, 0x22], 5).map((byte, i) => (i === 8 ? 0x22 : byte)),
      "the header is not JSON in UTF-8",
    ],
    [
      "no UTF-8 in a name",
      fileOf('{"?":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}').map((byte) => (byte === 0x3f ? 0xff : byte)),
      "the header is not JSON in UTF-8",
    ],
    [
      "a header of more than 32 MiB",
      fileOf(" ".repeat(2 ** 25 + 1)),
      "the header should take 33554433 bytes: more than 33554432 are not read",
    ],
    ["a byte order mark", fileOf("\ufeff{}"), "the header is not JSON in UTF-8"],
    ["a list", fileOf("[]"), "the header is not a JSON object from its first byte on"],
    ["a space before the header", fileOf(" {}"), "the header is not a JSON object from its first byte on"],
    [
      "a name twice",
      fileOf(`{"a":${JSON.stringify(one)},"\\u0061" : ${JSON.stringify(one)}}`, bytes(4)),
      "the header has a name twice",
    ],
    [
      "a name twice within",
      fileOf('{"a":{"dtype":"I32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}', bytes(4)),
      "the header has a name twice",
    ],
    [
      "20,000 lists within each other for a type",
      fileOf(`{"a":{"dtype":${"[".repeat(20_000)}${"]".repeat(20_000)},"shape":[1],"data_offsets":[0,4]}}`, bytes(4)),
      "the header is nested deeper than 8 levels",
    ],
    [
      "a header of more than 32 MiB",
      fileOf(`{}${" ".repeat(2 ** 25 - 1)}`),
      "the header should take 33554433 bytes: more than 33554432 are not read",
    ],
    ["metadata of numbers", fileOf({ __metadata__: { a: 1 } }), "__metadata__ has a value that is not a string"],
    ["metadata that is a list", fileOf({ __metadata__: [] }), "__metadata__ is not an object"],
    ["a tensor that is none", fileOf({ a: null }), 'tensor "a" is not described by an object'],
    ["a tensor that is a text", fileOf({ a: "F32" }), 'tensor "a" is not described by an object'],
    [
      "a tensor without type",
      fileOf({ a: { shape: [], data_offsets: [0, 4] } }),
      'tensor "a" has dtype missing, not one of F32, F16, BF16, F64, I32, I64',
    ],
    [
      "another type",
      fileOf({ a: { ...one, dtype: "F8_E4M3" } }),
      'tensor "a" has dtype "F8_E4M3", not one of F32, F16, BF16, F64, I32, I64',
    ],
    [
      "a list of types",
      fileOf({ a: { ...one, dtype: ["F32"] } }, bytes(4)),
      'tensor "a" has dtype ["F32"], not one of F32, F16, BF16, F64, I32, I64',
    ],
    [
      "a type by an object's own names",
      fileOf({ a: { ...one, dtype: "toString" } }),
      'tensor "a" has dtype "toString", not one of F32, F16, BF16, F64, I32, I64',
    ],
    [
      "half an element",
      fileOf({ a: f32(0, 2, 0.5) }, bytes(2)),
      'tensor "a" has shape [0.5], not a list of whole numbers ≥ 0',
    ],
    [
      "a negative size",
      fileOf({ a: f32(0, 4, -1, -1) }, bytes(4)),
      'tensor "a" has shape [-1,-1], not a list of whole numbers ≥ 0',
    ],
    [
      "a shape that is a number",
      fileOf({ a: { ...one, shape: 1 } }, bytes(4)),
      'tensor "a" has shape 1, not a list of whole numbers ≥ 0',
    ],
    [
      "one offset",
      fileOf({ a: { ...one, data_offsets: [4] } }, bytes(4)),
      'tensor "a" has data_offsets [4], not two whole numbers ≥ 0',
    ],
    [
      "an offset before the data",
      fileOf({ a: f32(-4, 0, 1) }),
      'tensor "a" has data_offsets [-4,0], not two whole numbers ≥ 0',
    ],
    ["an end before the start", fileOf({ a: f32(4, 0, 1) }, bytes(4)), 'tensor "a": F32 [1] takes 4 bytes, not -4'],
    ["bytes for another shape", fileOf({ a: f32(0, 8, 3) }, bytes(8)), 'tensor "a": F32 [3] takes 12 bytes, not 8'],
    [
      "bytes for another type",
      fileOf({ a: { ...one, dtype: "I64" } }, bytes(4)),
      'tensor "a": I64 [1] takes 8 bytes, not 4',
    ],
    [
      "a gap before the first",
      fileOf({ a: f32(4, 8, 1) }, bytes(8)),
      'tensor "a" starts at byte 4, where 0 is due: tensors must leave no gap and not overlap',
    ],
    [
      "a gap",
      fileOf({ b: f32(8, 12, 1), a: one }, bytes(12)),
      'tensor "b" starts at byte 8, where 4 is due: tensors must leave no gap and not overlap',
    ],
    [
      "an overlap",
      fileOf({ a: f32(0, 8, 2), "b\n": f32(4, 12, 2) }, bytes(12)),
      'tensor "b\\n" starts at byte 4, where 8 is due: tensors must leave no gap and not overlap',
    ],
    [
      "one inside the other",
      fileOf({ a: f32(0, 12, 3), b: f32(4, 4, 0) }, bytes(12)),
      'tensor "b" starts at byte 4, where 12 is due: tensors must leave no gap and not overlap',
    ],
    ["too few bytes", fileOf({ a: f32(0, 8, 2) }, bytes(7)), "the tensors take 8 bytes, but 7 follow the header"],
    ["bytes of no tensor", fileOf({ a: one }, bytes(5)), "the tensors take 4 bytes, but 5 follow the header"],
  ])("%s", (_, file, problem) => {
    expect(refusal(file)).toBe(`file: ${problem}`);
  });

  it("and of a long value there is as much as is needed", () => {
    const message = refusal(fileOf({ a: f32(0, 4, ...Array(100_000).fill(1), 0.5) }, bytes(4)));
    expect(message.length).toBeLessThan(300);
    expect(refusal(fileOf({ ["a".repeat(100_000)]: null })).length).toBeLessThan(300);
  });
});
