import { expect, test } from "vitest";
import { DIGIT_PAIRS } from "../../core/index.js";
import { imagesInWords, seenOf } from "./seen.js";

const sha256 = "0f".repeat(32);

test("only MNIST's own images, as the paper's networks see them, are digits", () => {
  expect(seenOf({ name: "MNIST", sha256 })).toEqual({ shape: DIGIT_PAIRS, isDigits: true });
  expect(seenOf({ name: "fashion", sha256 }).isDigits).toBe(false);
  expect(seenOf({ name: "MNIST", sha256, shape: { ...DIGIT_PAIRS, height: 16, width: 16 } }).isDigits).toBe(false);
  expect(seenOf({ name: "MNIST", sha256, background: [255] }).isDigits).toBe(false);
  expect(seenOf({ name: "MNIST", sha256, listed: { relation: "listed-match", share: 0.5 } }).isDigits).toBe(false);
});

test("images are named by size, colour and classes", () => {
  const of = (shape: Partial<typeof DIGIT_PAIRS>) =>
    imagesInWords(seenOf({ name: "own", sha256, shape: { ...DIGIT_PAIRS, ...shape } }));
  expect(imagesInWords(seenOf({ name: "MNIST", sha256 }))).toBe("14×14 digits");
  expect(of({})).toBe("14×14 grey images of 10 classes");
  expect(of({ height: 24, width: 32, channels: 3, classes: 12 })).toBe("24×32 colour images of 12 classes");
  expect(of({ classes: 0 })).toBe("14×14 grey images");
});
