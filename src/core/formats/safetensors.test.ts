import { expect, test } from "vitest";
import { encodeSafetensors } from "./safetensors.js";

/** Reads a file by the format's own description. */
function parse(file: Uint8Array): { header: Record<string, unknown>; dataStart: number } {
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  return { header: JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length))), dataStart: 8 + length };
}

test("names, shapes, types and bytes are where the header says", () => {
  const file = encodeSafetensors([
    { name: "a", shape: [3], data: Float32Array.of(1, 2, 3) },
    { name: "n", shape: [], data: BigInt64Array.of(7n) },
  ]);
  const { header, dataStart } = parse(file);
  expect(header).toEqual({
    n: { dtype: "I64", shape: [], data_offsets: [0, 8] },
    a: { dtype: "F32", shape: [3], data_offsets: [8, 20] },
  });
  expect(dataStart % 8).toBe(0);
  // Padded by less than 8 bytes.
  expect(dataStart - 8 - JSON.stringify(header).length).toBeLessThan(8);
  expect(file.length).toBe(dataStart + 20);
  const data = new DataView(file.buffer, dataStart);
  expect(data.getBigInt64(0, true)).toBe(7n);
  expect([8, 12, 16].map((at) => data.getFloat32(at, true))).toEqual([1, 2, 3]);
});

test("letters beyond ASCII keep the header whole", () => {
  const metadata = { architecture: "größer-ääää" };
  const file = encodeSafetensors([{ name: "ω", shape: [1], data: Float32Array.of(5) }], metadata);
  const { header, dataStart } = parse(file);
  expect(header).toMatchObject({ __metadata__: metadata, ω: { data_offsets: [0, 4] } });
  expect(new DataView(file.buffer, dataStart).getFloat32(0, true)).toBe(5);
});
