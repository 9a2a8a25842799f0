import { expect, test } from "vitest";
import { textLines } from "./text.js";

test("a text that fits is one line", () => {
  expect(textLines("best, dropout 0.3", 17)).toEqual(["best, dropout 0.3"]);
});

test("a longer one breaks after commas where it has them, else between words, and never in a word", () => {
  expect(textLines("dropout 0.3, batch size 25, partners 4", 26)).toEqual([
    "dropout 0.3,",
    "batch size 25, partners 4",
  ]);
  expect(textLines("weight sharing with dropout", 14)).toEqual(["weight sharing", "with dropout"]);
  expect(textLines("Nesterov", 4)).toEqual(["Nesterov"]);
});
