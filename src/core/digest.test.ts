import { describe, expect, test } from "vitest";
import { sha256In } from "./digest.js";

describe.each([
  ["Node's SHA-256", sha256In(globalThis)],
  ["that of pages", sha256In({})],
])("%s", (_, newSum) => {
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
    for (const bytes of [around.subarray(2, 2 + text.length), around.slice(2, 2 + text.length)])
      expect(newSum().update(bytes).hex()).toBe(digest);
    const parts = [text.slice(0, 5), "", new TextEncoder().encode(text.slice(5))];
    expect(parts.reduce((sum, part) => sum.update(part), newSum()).hex()).toBe(digest);
  });

  test("of numbers of 16 bits is that of their bytes", () => {
    const numbers = Uint16Array.of(1, 256, 65535).subarray(1);
    expect(newSum().update(numbers).hex()).toBe(
      newSum()
        .update(Uint8Array.of(0, 1, 255, 255))
        .hex(),
    );
  });
});
