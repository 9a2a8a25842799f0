import { expect, test } from "vitest";
import { canonicalJson } from "./canonical-json.js";

// The examples of RFC 8785, sections 3.2.2 and 3.2.3.
test("numbers, strings and literals are written as RFC 8785 does", () => {
  const given = String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`;
  expect(canonicalJson(JSON.parse(given))).toBe(
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
});

test("names are in the order of their UTF-16 units, at every level", () => {
  const names = ["\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6"];
  const ordered = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\ud83d\ude00", "\ufb33"];
  const given = [Object.fromEntries(names.map((name) => [name, { b: 1, a: 2 }]))];
  expect(canonicalJson(given)).toBe(`[{${ordered.map((name) => `${JSON.stringify(name)}:{"a":2,"b":1}`).join(",")}}]`);
});

test("fields that are undefined are left out, and −0 is 0", () => {
  expect(canonicalJson({ b: undefined, a: [-0] })).toBe('{"a":[0]}');
});
