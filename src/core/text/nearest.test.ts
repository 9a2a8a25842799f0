import { expect, test } from "vitest";
import { didYouMean, nearestName } from "./nearest.js";

test("the nearest name is that of the fewest letters changed, the first of several", () => {
  expect(nearestName("epoch", ["seed", "epochs", "rounds"])).toBe("epochs");
  expect(nearestName("c", ["a", "b"])).toBe("a");
  expect(didYouMean("trian", ["train", "tune"])).toBe(": did you mean train?");
});

test("what nobody can have mistyped is near to nothing", () => {
  expect(nearestName("a".repeat(100_000), ["a"])).toBeUndefined();
  expect(didYouMean("epochs", [])).toBe("");
});
