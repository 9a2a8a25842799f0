import { expect, test } from "vitest";
import { numberFromJson, stringifyJson } from "./json.js";

test("numbers that JSON lacks have a spelling of their own, and all else is plain JSON", () => {
  const values = [1.5, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, "Infinity", null, true];
  expect(stringifyJson({ values })).toBe('{"values":[1.5,0,"Infinity","-Infinity",null,"Infinity",null,true]}');
});

test("indented, it is a line for each value", () => {
  expect(stringifyJson({ loss: Number.POSITIVE_INFINITY }, 2)).toBe('{\n  "loss": "Infinity"\n}');
});

test("a number that JSON lacks comes back", () => {
  const values = [1.5, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN];
  expect(JSON.parse(stringifyJson(values)).map(numberFromJson)).toEqual(values);
});
