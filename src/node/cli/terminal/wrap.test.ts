import fc from "fast-check";
import { expect, it } from "vitest";
import { wrap } from "./wrap.js";

it.each([
  ["weight-sharing-auxiliary", 16, ["weight-sharing-", "auxiliary"]],
  ["trunk+sharing+rule", 8, ["trunk+", "sharing+", "rule"]],
  ["epochs 3, dropout 0.2", 9, ["epochs 3,", "dropout", "0.2"]],
  ["abcdefgh", 3, ["abc", "def", "gh"]],
  ["short", 80, ["short"]],
  ["", 5, [""]],
])("%j in %i columns", (text, width, lines) => expect(wrap(text, width)).toEqual(lines));

it("loses nothing but spaces at the ends of lines, and keeps to the width", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-c+-]?[a-c +-]{0,30}[a-c]?$/), fc.integer({ min: 1, max: 12 }), (text, width) => {
      const lines = wrap(text, width);
      expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    }),
  );
});
