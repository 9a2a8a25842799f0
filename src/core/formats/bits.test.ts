import { expect, it } from "vitest";
import { countBits, hasBit, noBits, setBit } from "./bits.js";

it("keeps each bit at its place, the first in the lowest of a byte", () => {
  const bits = noBits(11);
  expect([...bits]).toEqual([0, 0]);
  for (const at of [0, 3, 8, 10, 3]) setBit(bits, at);
  expect([...bits]).toEqual([0b1001, 0b101]);
  expect(Array.from({ length: 11 }, (_, at) => hasBit(bits, at))).toEqual([1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1]);
  expect(countBits(bits)).toBe(4);
  expect(noBits(0)).toHaveLength(0);
  expect(countBits(new Uint8Array([255, 128]))).toBe(9);
});
