import { describe, expect, test } from "vitest";
import { idx } from "../../../test/support/idx.js";
import { InvalidRequest } from "../errors.js";
import { decodeIdx, encodeIdx } from "./idx-array.js";

describe("numbers and their file", () => {
  test("of 8 bits are as every IDX file has them", () => {
    const data = Uint8Array.from([1, 2, 3, 4, 5, 255]);
    const file = encodeIdx({ sizes: [1, 1, 2, 3], data });
    expect(file).toEqual(idx([1, 1, 2, 3], data));
    expect(decodeIdx("x", file)).toEqual({ sizes: [1, 1, 2, 3], data });
  });

  test("of 16 bits have type 11, the first byte of each the larger part", () => {
    const data = Uint16Array.from([0, 1, 256, 65_280]);
    const file = encodeIdx({ sizes: [4], data });
    expect(file).toEqual(idx([4], [0, 0, 0, 1, 1, 0, 255, 0], 0x0b));
    expect(decodeIdx("x", file)).toEqual({ sizes: [4], data });
  });

  test("of 32 bits have type 12", () => {
    const data = Uint32Array.from([0, 1, 65_536, 4_294_967_295]);
    const file = encodeIdx({ sizes: [2, 2], data });
    expect(file).toEqual(idx([2, 2], [0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 255, 255, 255, 255], 0x0c));
    expect(decodeIdx("x", file)).toEqual({ sizes: [2, 2], data });
  });

  test("may begin anywhere in memory", () => {
    const file = encodeIdx({ sizes: [2], data: Uint16Array.from([7, 40_000]) });
    const shifted = new Uint8Array(file.length + 3);
    shifted.set(file, 3);
    expect(decodeIdx("x", shifted.subarray(3)).data).toEqual(Uint16Array.from([7, 40_000]));
  });
});

test.each<[string, Uint8Array, RegExp]>([
  ["nothing", new Uint8Array(), /^x is not an IDX file/],
  ["no header", Uint8Array.from([0, 0, 8, 2, 0, 0, 0, 1]), /^x is not an IDX file/],
  ["another type", idx([1], [0, 0, 0, 0], 0x0d), /^x is not an IDX file/],
  ["no dimension", Uint8Array.from([0, 0, 8, 0]), /^x is not an IDX file/],
  ["five dimensions", idx([1, 1, 1, 1, 1], [0]), /^x is not an IDX file/],
  ["a byte too few", idx([3], [1, 2]), /^x has 10 bytes, but its header \(3\) asks for 11$/],
  ["half a number", idx([2], [1, 2, 3], 0x0b), /^x has 11 bytes, but its header \(2\) asks for 12$/],
  ["more than there are numbers for", idx([2 ** 32 - 1, 2 ** 32 - 1], []), /^x has 12 bytes, but/],
])("%s is refused", (_, file, says) => {
  expect(() => decodeIdx("x", file)).toThrow(InvalidRequest);
  expect(() => decodeIdx("x", file)).toThrow(says);
});
