import { expect, test } from "vitest";
import { stringifyJson } from "./json.js";

test("numbers that JSON lacks have a spelling of their own, and all else is plain JSON", () => {
  const values = [1.5, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, "Infinity", null, true];
  expect(stringifyJson({ values })).toBe('{"values":[1.5,0,"Infinity","-Infinity",null,"Infinity",null,true]}');
});

test("indented, it is a line for each value", () => {
  expect(stringifyJson({ loss: Number.POSITIVE_INFINITY }, 2)).toBe('{\n  "loss": "Infinity"\n}');
});
