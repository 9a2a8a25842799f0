import { expect, test } from "vitest";
import { didYouMean, nearest } from "./nearest.js";

test("the nearest name is that of the fewest letters changed, the first of several", () => {
  expect(nearest("epoch", ["seed", "epochs", "rounds"])).toEqual({ name: "epochs", letters: 1 });
  expect(nearest("c", ["a", "b"])?.name).toBe("a");
  expect(didYouMean("trian", ["train", "tune"])).toBe(": did you mean train?");
});

test("what nobody can have mistyped is near to nothing", () => {
  expect(nearest("a".repeat(100_000), ["a"])).toBeUndefined();
  expect(didYouMean("epochs", [])).toBe("");
});
