import fc from "fast-check";
import { expect, test } from "vitest";
import { spreadApart } from "./spread-apart.js";

test("labels that have room stay, and others move no further than they must", () => {
  expect(spreadApart([], 1, 10)).toEqual([]);
  expect(spreadApart([8, 2, 5], 2, 10)).toEqual([8, 2, 5]);
  expect(spreadApart([5, 5, 5], 2, 10)).toEqual([5, 7, 9]);
  expect(spreadApart([10, 9.5], 2, 10)).toEqual([10, 8]);
});

test("labels never overlap, keep their order, and stay where all have room", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { maxLength: 6 }), (wanted) => {
      const places = spreadApart(wanted, 2, 10);
      const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
      const sorted = order.map((i) => places[i] ?? 0);
      for (const [i, place] of sorted.entries()) {
        expect(place).toBeLessThanOrEqual(10);
        expect(place).toBeGreaterThanOrEqual(-1e-9);
        if (i > 0) expect(place - (sorted[i - 1] ?? 0)).toBeGreaterThanOrEqual(2 - 1e-9);
      }
    }),
  );
});
