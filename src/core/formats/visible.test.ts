import fc from "fast-check";
import { expect, test } from "vitest";
import { visible, visibleJson } from "./visible.js";

test.each([
  ["a line feed, a return, a tab", "a\nb\r\n\tc", "a\\nb\\r\\n\\tc"],
  ["ESC and what it begins", "\u001B[31mred\u001B]0;title\u0007", "\\x1b[31mred\\x1b]0;title\\x07"],
  ["NUL, DEL and C1, with its own CSI", "\0\u007F\u0085\u009B2J", "\\x00\\x7f\\x85\\x9b2J"],
  ["separators of lines and paragraphs", "a\u2028b\u2029c", "a\\u2028b\\u2029c"],
  ["turned text", "\u202Efdp.exe\u202C \u2066x\u2069", "\\u202efdp.exe\\u202c \\u2066x\\u2069"],
  ["all that only shows", "é ± – 数字 🙂 a\\b\u00A0c", "é ± – 数字 🙂 a\\b\u00A0c"],
])("%s", (_, text, shown) => {
  expect(visible(text)).toBe(shown);
});

const ANY = fc.string({ unit: "binary" });
/** Written out, since what is tested has a class of its own. */
const acts = (text: string): boolean =>
  [...text].some((character) => {
    const code = character.codePointAt(0) ?? 0;
    const between = (low: number, high: number) => code >= low && code <= high;
    return [between(0, 0x1f), between(0x7f, 0x9f), between(0x2028, 0x202e), between(0x2066, 0x2069)].some(Boolean);
  });

test("of any text nothing is left that acts, and showing it twice is showing it once", () => {
  fc.assert(
    fc.property(ANY, (text) => {
      const shown = visible(text);
      expect(acts(shown)).toBe(false);
      expect(visible(shown)).toBe(shown);
    }),
  );
});

test("JSON stays JSON of the same value", () => {
  expect(visibleJson('{\n  "\u007F": "\u009B\u2028"\n}')).toBe('{\n  "\\u007f": "\\u009b\\u2028"\n}');
  fc.assert(
    fc.property(fc.dictionary(ANY, ANY), (value) => {
      const json = visibleJson(JSON.stringify(value, null, 2));
      expect(acts(json.replaceAll("\n", ""))).toBe(false);
      expect(JSON.parse(json)).toEqual(value);
    }),
  );
});
