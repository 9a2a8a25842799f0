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
        const { buffer } = found.data;
        require(same(new Uint8Array(buffer), Uint8Array.from(data.subarray(start, end))), `other bytes of ${name}`);
        require(found.data.constructor === TYPES[dtype], `another type of ${name}`);
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
