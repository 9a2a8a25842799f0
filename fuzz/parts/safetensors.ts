import { decodeSafetensors } from "../../src/core/formats/decode-safetensors.js";
import { encodeSafetensors, type NamedTensor } from "../../src/core/formats/safetensors.js";
import { joined, mutateBytes, mutateText } from "../mutate.js";
import { attempt, decode, encode, type Part, require, same } from "../part.js";
import type { Random } from "../random.js";

/** Weights and checkpoints as files. */
export const safetensorsPart: Part = {
  name: "safetensors",
  weight: 1,
  open: async () => ({
    make(random) {
      const file = encodeSafetensors(
        random.several(0, 4, () => tensor(random)),
        metadata(random),
      );
      if (random.chance(0.1)) return file;
      if (random.chance(0.3)) return floatsOf(random);
      if (random.chance(0.5)) return mutateBytes(random, file);
      const length = Number(new DataView(file.buffer).getBigUint64(0, true));
      const header = decode(file.subarray(8, 8 + length));
      return withHeader(random.chance(0.1) ? nested(random) : mutateText(random, header), file.subarray(8 + length));
    },
    check(bytes) {
      const read = attempt(() => decodeSafetensors({ name: "file", bytes }));
      if (!read) return "refused";
      // What the format's description says of a file, read by itself.
      const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
      const header = JSON.parse(decode(bytes.subarray(8, 8 + length)));
      const data = bytes.subarray(8 + length);
      const named = Object.entries<{ dtype: string; shape: number[]; data_offsets: [number, number] }>(header);
      const tensors = named.filter(([name]) => name !== "__metadata__");
      require(tensors.length === read.tensors.length, "another number of tensors");
      require(same(read.metadata, header.__metadata__ ?? {}), "other metadata");
      let covered = 0;
      for (const [
        name,
        {
          dtype,
          shape,
          data_offsets: [start, end],
        },
      ] of tensors) {
        const found = read.tensors.find((each) => each.name === name);
        require(found !== undefined && same(found.shape, shape), `another shape of ${name}`);
        const own = Uint8Array.from(data.subarray(start, end));
        const due = FLOATS[dtype] ? floats(dtype, own) : own;
        const { buffer } = found.data;
        require(same(
          FLOATS[dtype] ? plain(found.data as Float32Array) : new Uint8Array(buffer),
          due,
        ), `other elements of ${name}`);
        require(found.data.constructor === (TYPES[dtype] ?? Float32Array), `another type of ${name}`);
        covered += end - start;
      }
      require(covered === data.length, "bytes of no tensor");
      require(same(
        decodeSafetensors({ name: "again", bytes: encodeSafetensors(read.tensors, read.metadata) }).metadata,
        read.metadata,
      ), "other metadata when it is written again");
      return "accepted";
    },
  }),
};

const TYPES: Readonly<Record<string, unknown>> = { F32: Float32Array, I32: Int32Array, I64: BigInt64Array };
/** Bytes of floats that are read as those of 32 bits. */
const FLOATS: Readonly<Record<string, number>> = { F16: 2, BF16: 2, F64: 8 };

/** What such floats are by IEEE 754, and with F64 the nearest of 32 bits; a finite one must not become infinite. */
function floats(dtype: string, bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer);
  const all = Float32Array.from({ length: bytes.length / (FLOATS[dtype] as number) }, (_, i) => {
    if (dtype === "F64") {
      const value = view.getFloat64(8 * i, true);
      const nearest = Math.fround(value);
      require(Number.isFinite(value) === Number.isFinite(nearest), `an F64 of ${value} was taken`);
      return nearest;
    }
    const bits = view.getUint16(2 * i, true);
    const [width, bias] = dtype === "F16" ? [10, 15] : [7, 127];
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits & 0x7fff) >> width;
    const fraction = (bits % 2 ** width) / 2 ** width;
    if (exponent === 2 * bias + 1) return fraction ? Number.NaN : sign / 0;
    return sign * (exponent ? 2 ** (exponent - bias) * (1 + fraction) : 2 ** (1 - bias) * fraction);
  });
  return plain(all);
}

/** The bits of a NaN do not matter. */
const plain = (floats: Float32Array): Float32Array => floats.map((value) => (Number.isNaN(value) ? Number.NaN : value));

/** A file of floats of 16 and 64 bits, whose numbers are seldom out of the ordinary. */
function floatsOf(random: Random): Uint8Array {
  const header: Record<string, unknown> = {};
  const data: Uint8Array[] = [];
  let at = 0;
  for (const name of new Set(random.several(1, 4, () => random.pick(["a", "b", "trunk.0.bias"])))) {
    const dtype = random.pick(Object.keys(FLOATS));
    const count = random.below(5);
    const size = count * (FLOATS[dtype] as number);
    const ordinary = new Uint8Array(Float64Array.from({ length: count }, () => random.below(1000) / 7 - 50).buffer);
    const bytes = dtype === "F64" && random.chance(0.7) ? ordinary : random.bytes(size);
    header[name] = { dtype, shape: [count], data_offsets: [at, at + size] };
    data.push(Uint8Array.from(bytes));
    at += size;
  }
  return withHeader(JSON.stringify(header), joined(...data));
}

const NAMES = ["a", "b.weight", "trunk.0.bias", "__proto__", "constructor", "0", "é", "a\n", ""];

function tensor(random: Random): NamedTensor {
  const shape = random.several(0, 3, () => random.below(4));
  const count = shape.reduce((product, size) => product * size, 1);
  const type = random.pick([Float32Array, Int32Array, BigInt64Array]);
  const { buffer } = random.bytes(count * type.BYTES_PER_ELEMENT);
  return { name: random.pick(NAMES), shape, data: new type(buffer as ArrayBuffer) };
}

const metadata = (random: Random): Record<string, string> =>
  Object.fromEntries(random.several(0, 3, () => [random.pick(NAMES), random.pick(NAMES)]));

function withHeader(header: string, data: Uint8Array): Uint8Array {
  const text = encode(header);
  const length = new DataView(new ArrayBuffer(8));
  length.setBigUint64(0, BigInt(text.length), true);
  return joined(new Uint8Array(length.buffer), text, data);
}

function nested(random: Random): string {
  const levels = random.pick([2, 7, 8, 9, 100, 20_000]);
  const [open, close] = random.pick([
    ["[", "]"],
    ['{"a":', "}"],
  ]);
  const inner = `${open.repeat(levels)}${random.pick(["1", "", "[]"])}${close.repeat(levels)}`;
  return random.pick([inner, `{"a":${inner}}`, `{"a":{"dtype":${inner},"shape":[],"data_offsets":[0,4]}}`]);
}
