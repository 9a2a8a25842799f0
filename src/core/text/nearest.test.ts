import { expect, test } from "vitest";
import { didYouMean, didYouMeanOf, nearest } from "./nearest.js";

test("the nearest name is that of the fewest letters changed, the first of several", () => {
  expect(nearest("epoch", ["seed", "epochs", "rounds"])).toEqual({ name: "epochs", letters: 1 });
  expect(nearest("c", ["a", "b"])?.name).toBe("a");
});

test.each([
  ["trian", "train", 1],
  ["mpl", "mlp", 1],
  ["kitten", "sitting", 3],
  ["rotate", "rotation", 3],
  ["ca", "abc", 3],
  ["", "abc", 3],
  ["same", "same", 0],
])("%s and %s differ by %i letters, of which two that are swapped are one", (wrong, name, letters) => {
  expect(nearest(wrong, [name])).toEqual({ name, letters });
  expect(nearest(name, [wrong])?.letters).toBe(letters);
});

test.each([
  ["trian", "train"],
  ["mpl", "mlp"],
  ["rotate", "rotation"],
  ["one-by-two", "one-by-one"],
  ["epohc", "epochs"],
  ["lr", "lx"],
])("%s may be %s: at most a third of the letters differ", (wrong, name) => {
  expect(didYouMean(wrong, [name, "something-else"])).toBe(`: did you mean ${name}?`);
});

test.each([
  ["lr", "dropout"],
  ["lr", "rl2"],
  ["simd", "seed"],
  ["perceptron", "one-by-one"],
  ["layers", "matching"],
  ["a", "b"],
])("%s is not %s mistyped", (wrong, name) => {
  expect(didYouMean(wrong, [name])).toBe("");
  expect(didYouMeanOf(wrong, [name, "zzzzzzzzz"])).toBe(`: there are ${name}, zzzzzzzzz`);
});

test("what is too long to be typed is near to nothing", () => {
  expect(nearest("a".repeat(100_000), ["a"])).toBeUndefined();
});

test("without names there is nothing to mean", () => {
  expect(didYouMean("epochs", [])).toBe("");
});
