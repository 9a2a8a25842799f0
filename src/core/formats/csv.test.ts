import fc from "fast-check";
import { expect, it } from "vitest";
import { csv } from "./csv.js";

it("quotes what RFC 4180 has quoted, and leaves out what is no value", () => {
  const rows = [
    ["name", "value"],
    ['a "b", c', 1.5],
    ["two\nlines", Number.NaN],
    [undefined, null],
    [true, Number.NEGATIVE_INFINITY],
  ];
  expect(csv(rows)).toBe('name,value\n"a ""b"", c",1.5\n"two\nlines",\n,\ntrue,\n');
});

it("can be read back as it was", () => {
  const table = fc.integer({ min: 1, max: 4 }).chain((width) =>
    fc.array(
      fc.array(fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r", " ") }), {
        minLength: width,
        maxLength: width,
      }),
      { minLength: 1 },
    ),
  );
  fc.assert(
    fc.property(table, (rows) => {
      expect(parse(csv(rows))).toEqual(rows);
    }),
  );
});

/** A reader by RFC 4180's grammar, for lines that end with a line feed. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = "";
    if (text[at] === '"') {
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        if (text[at] === '"') at++;
        cell += text[at];
      }
      at++;
    } else for (; text[at] !== "," && text[at] !== "\n"; at++) cell += text[at];
    row.push(cell);
    if (text[at++] === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
