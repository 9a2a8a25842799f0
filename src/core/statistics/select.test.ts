import fc from "fast-check";
import { expect, it } from "vitest";
import { select } from "./select.js";

it("the value at a place is the sorted values' there, with ties and infinities, and asked for in any order", () => {
  const value = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ noNaN: true }));
  const places = fc.array(fc.nat(), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(
      fc.float64Array({ noNaN: true, minLength: 1, maxLength: 50 }),
      fc.array(value, { maxLength: 50 }),
      places,
      (some, others, asked) => {
        const values = Float64Array.from([...some, ...others]);
        const sorted = values.toSorted();
        for (const each of asked) {
          const place = each % values.length;
          // 0 and −0 are one place.
          expect(select(values, place) + 0).toBe((sorted[place] as number) + 0);
        }
        expect(values.toSorted()).toEqual(sorted);
      },
    ),
  );
});
