import { expect, test } from "vitest";
import { alwaysSame } from "./always-same.js";

test("always the more frequent answer is wrong about the others", () => {
  expect(alwaysSame([1, 1, 1, 0])).toEqual({ answer: "yes", error: 0.25 });
  expect(alwaysSame(Uint8Array.of(0, 0, 0, 0, 1))).toEqual({ answer: "no", error: 0.2 });
  expect(alwaysSame([1, 0])).toEqual({ answer: "no", error: 0.5 });
  expect(alwaysSame([])).toBeUndefined();
});
