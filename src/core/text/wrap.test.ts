import { expect, test } from "vitest";
import { joined, wrapped } from "./wrap.js";

test("lines hold all pieces that fit, without the blanks at their ends", () => {
  expect(wrapped(["one ", "two ", "three "], 7)).toEqual(["one two", "three"]);
  expect(wrapped(["immeasurable ", "it ", "is "], 5)).toEqual(["immeasurable", "it is"]);
  expect(wrapped([], 5)).toEqual([]);
  expect(joined(["one ", "two ", "three "], 7)).toEqual(["one two ", "three "]);
});

test("room is in whatever unit widths are", () => {
  expect(wrapped(["a ", "b ", "c "], 60, ({ length }) => 20 * length)).toEqual(["a b", "c"]);
});
