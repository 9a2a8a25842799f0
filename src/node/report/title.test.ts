import { expect, test } from "vitest";
import { introductionOf, titleOf } from "./title.js";

const part = (...settings: readonly (readonly [name: string, value: string])[]) => ({
  blocks: [{ kind: "settings" as const, settings: settings.map(([name, value]) => ({ name, value })) }],
});
const SHA = "5e".repeat(32);

test("a report says whose pairs it is about, also where images are in several pairs", () => {
  const reused = ["Images", "in several pairs; no two images meet twice in a set"] as const;
  const digits = part(reused, ["Images", `MNIST, SHA-256 ${SHA}`]);
  expect(titleOf([digits])).toBe("Pairs of digits: what each hint is worth");
  const flags = part(["Question", "is the first the same as the second?"], reused, ["Images", `flags, SHA-256 ${SHA}`]);
  expect(titleOf([flags])).toBe("Pairs of images: what each hint is worth");
  expect(introductionOf([flags])).toMatch(
    /^Is the first of two images of flags the same as the second\? .* pairs of flags images,/,
  );
});
