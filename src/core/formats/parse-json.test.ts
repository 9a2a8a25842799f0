import fc from "fast-check";
import { expect, it, test } from "vitest";
import { InvalidJson, parseJson } from "./parse-json.js";

it("reads what JSON is, whatever is in its strings", () => {
  const text = fc.oneof(
    fc.json(),
    fc.json().map((each) => JSON.stringify({ [each]: [each], "": each })),
  );
  // As JavaScript writes them, names do not come twice, and there are few levels.
  fc.assert(
    fc.property(text, (json) => {
      expect(parseJson(json, 20)).toEqual(JSON.parse(json));
    }),
  );
  expect(parseJson(' { "a\\\\" : 1 , "a" : "}\\"{[" } ', 1)).toEqual({ "a\\": 1, a: '}"{[' });
});

it("refuses what JSON is not", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        JSON.parse(text);
      } catch {
        expect(() => parseJson(text, 20)).toThrow(InvalidJson);
      }
    }),
  );
  for (const text of ["", "{", '{"a', '{"a":', '{"\\u00g": 1}', "]", '"', "[1,]", '"a":1', '{"\\x":1,"\\x":2}'])
    expect(() => parseJson(text, 20)).toThrow("is not JSON");
});

test("more levels than are asked for are refused, a hundred million of them at once", () => {
  expect(parseJson("[[],{}]", 2)).toEqual([[], {}]);
  expect(() => parseJson("[[],{}]", 1)).toThrow("is nested deeper than 1 levels");
  expect(() => parseJson("[".repeat(100_000_000), 8)).toThrow("is nested deeper than 8 levels");
});

test("a name twice in one object is refused, however it is spelt", () => {
  for (const text of [
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":1}',
    // Two backslashes are one that is meant, and the string ends.
    '{"a\\\\":1,"a\\\\":2}',
    '[{"b":{"a":1, "a" :1}}]',
    '{"__proto__":1,"__proto__":2}',
  ])
    expect(() => parseJson(text, 8)).toThrow("has a name twice");
  expect(parseJson('[{"a":1},{"a":{"a":"a"}}]', 8)).toEqual([{ a: 1 }, { a: { a: "a" } }]);
});

test("a name that objects have of themselves is one like another", () => {
  const value = parseJson('{"__proto__":{"a":1}}', 8) as object;
  expect(Object.keys(value)).toEqual(["__proto__"]);
  expect("a" in value).toBe(false);
});
