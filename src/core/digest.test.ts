import { describe, expect, test } from "vitest";
import { digestIn } from "./digest.js";

describe.each([
  ["Node's SHA-256", digestIn(globalThis)],
  ["that of pages", digestIn({})],
])("%s", (_, digestOf) => {
  test.each([
    // FIPS 180-4's own examples, and nothing.
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ])("of %j is the standard's, also within other bytes", (text, digest) => {
    const around = Uint8Array.from(`..${text}..`, (letter) => letter.charCodeAt(0));
    expect(digestOf(around.subarray(2, 2 + text.length))).toBe(digest);
    expect(digestOf(around.slice(2, 2 + text.length))).toBe(digest);
  });
});
