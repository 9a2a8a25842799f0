import { expect, test } from "vitest";
import { networkTitle } from "./network-title.js";

test("a title, or the name of what this version does not know", () => {
  expect(networkTitle("one-by-one")).toBe("one-by-one");
  expect(networkTitle("weight-sharing")).toBe("weight sharing");
  expect(networkTitle("from-the-future")).toBe("from-the-future");
});
