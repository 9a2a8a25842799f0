import fc from "fast-check";
import { expect, test } from "vitest";
import { placeAt, whereJsonEnds } from "./json-place.js";

test.each([
  ["", 0],
  ["  ", 2],
  ["x", 0],
  ["[1,]", 3],
  ["[1 2]", 3],
  ["[,1]", 1],
  ['{"a" 1}', 5],
  ['{"a":1,}', 7],
  ['{"a":1', 6],
  ["{a:1}", 1],
  ["{'a':1}", 1],
  ['{"a":tru}', 5],
  ['["a\nb"]', 3],
  ['["a\\xb"]', 3],
  ['["a\\u00g0"]', 3],
  ['["a', 3],
  ["01", 1],
  ["1.", 1],
  ["[-]", 1],
  ["[+1]", 1],
  ["[1e]", 2],
  ["[NaN]", 1],
  ["[] []", 3],
  ["]", 0],
  ["[}", 1],
  ["// why\n{}", 0],
  ["{} // why", 3],
  ["\u00a0[]", 0],
])("%j is JSON up to its character %i", (text, end) => {
  expect(() => JSON.parse(text)).toThrow();
  expect(whereJsonEnds(text)).toBe(end);
});

test("what JSON.parse takes is JSON up to its end, and nothing else is", () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 2 }), (json, place, change) => {
      expect(whereJsonEnds(json)).toBe(json.length);
      const at = place % (json.length + 1);
      const changed = json.slice(0, at) + change + json.slice(at + change.length);
      const end = whereJsonEnds(changed);
      try {
        JSON.parse(changed);
        expect(end).toBe(changed.length);
      } catch {
        // Nothing is wrong before the change, but a word, a number or an escape may begin there that it spoils.
        expect(end).toBeGreaterThanOrEqual(json.slice(0, at).replace(/[-+.\w\\]*$/, "").length);
      }
    }),
  );
});

test("lines and columns are counted from 1", () => {
  expect(placeAt("", 0)).toEqual({ line: 1, column: 1 });
  expect(placeAt("{\n  x", 4)).toEqual({ line: 2, column: 3 });
  expect(placeAt("{\r\n\r\n", 5)).toEqual({ line: 3, column: 1 });
});
