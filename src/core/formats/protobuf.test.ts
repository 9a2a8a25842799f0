import { bytesToHex } from "@noble/hashes/utils.js";
import { describe, expect, test } from "vitest";
import { encodeMessage, type Message } from "./protobuf.js";

const hex = (message: Message): string => bytesToHex(encodeMessage(message));

describe("the encodings of the protobuf documentation and of its wire format by hand", () => {
  const CASES: readonly [string, Message, string][] = [
    ["no fields", [], ""],
    ["a whole number", [[1, 150]], "089601"],
    ["0", [[3, 0]], "1800"],
    [
      "127 and 128",
      [
        [1, 127],
        [1, 128],
      ],
      "087f088001",
    ],
    ["a number above 32 bits", [[1, 2 ** 40]], "08808080808020"],
    ["a negative number, in 64 bits", [[1, -1]], `08${"ff".repeat(9)}01`],
    ["text", [[2, "testing"]], "120774657374696e67"],
    ["text that is not ASCII", [[1, "≤"]], "0a03e289a4"],
    ["a message", [[3, [[1, 150]]]], "1a03089601"],
    ["an empty message", [[3, []]], "1a00"],
    ["a message in a message", [[1, [[2, [[3, 1]]]]]], "0a0412021801"],
    ["bytes", [[9, Uint8Array.of(0, 255)]], "4a0200ff"],
    ["single precision", [[2, { single: 1.5 }]], "150000c03f"],
    ["double precision", [[1, { double: 1.5 }]], "09000000000000f83f"],
    ["a field's number above 15", [[20, 7]], "a00107"],
    [
      "fields in their order, repeated",
      [
        [8, 1],
        [1, "a"],
        [8, 2],
      ],
      "40010a01614002",
    ],
  ];
  test.each(CASES)("%s", (_, message, bytes) => expect(hex(message)).toBe(bytes));

  test("more bytes than a length of one byte says", () => {
    expect(hex([[1, new Uint8Array(300)]])).toBe(`0aac02${"00".repeat(300)}`);
  });
});
