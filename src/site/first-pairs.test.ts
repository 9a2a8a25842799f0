import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeQuarters, encodeQuarters, MOST_QUARTERS, transposed } from "./first-pairs.js";

test("every number of quarters comes back, whatever is beside it", () => {
  const all = Uint16Array.from({ length: MOST_QUARTERS + 1 }, (_, i) => i);
  expect(decodeQuarters(encodeQuarters(all), all.length)).toEqual(all);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: MOST_QUARTERS })), (some) => {
      const quarters = Uint16Array.from(some);
      expect(decodeQuarters(encodeQuarters(quarters), quarters.length)).toEqual(quarters);
    }),
  );
});

test("the form, by hand: rounded up, then two bits of each that is not 0", () => {
  const file = encodeQuarters(Uint16Array.of(0, 1, 4, 0, 1020, 1017, 6));
  expect([...file]).toEqual([0, 1, 1, 0, 255, 255, 2, 0b11_00_00_11, 0b10]);
});

test("a pixel above the most is none", () => {
  expect(() => encodeQuarters(Uint16Array.of(7, 1021))).toThrow("pixel 1 is 1021 quarters");
});

test("a file of another length is none, and no bytes are too strange", () => {
  const file = encodeQuarters(Uint16Array.of(0, 9, 12));
  expect(decodeQuarters(file, 3)).toBeDefined();
  for (const [bytes, length] of [
    [file.subarray(0, 2), 3],
    [file.subarray(0, 3), 3],
    [Uint8Array.of(...file, 0), 3],
    [file, 2],
    [file, 5],
  ] as const)
    expect(decodeQuarters(bytes, length)).toBeUndefined();
  fc.assert(
    fc.property(fc.uint8Array(), fc.integer({ min: 0, max: 40 }), (bytes, length) => {
      const quarters = decodeQuarters(bytes, length);
      expect(quarters === undefined || quarters.length === length).toBe(true);
    }),
  );
});

test("the same pixel of all images stands together, and goes back to its image", () => {
  const images = Uint16Array.of(1, 2, 3, 4, 5, 6);
  expect(transposed(images, 3)).toEqual(Uint16Array.of(1, 4, 2, 5, 3, 6));
  expect(transposed(transposed(images, 3), 2)).toEqual(images);
});
