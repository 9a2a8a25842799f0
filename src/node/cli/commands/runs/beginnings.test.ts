import fc from "fast-check";
import { expect, it } from "vitest";
import { unambiguous } from "./beginnings.js";

it("the beginnings of ids have 6 digits, or more if needed", () => {
  expect([...unambiguous(["0123456789abcdef", "fedcba9876543210", "0123456700000000"])]).toEqual([
    ["0123456700000000", "012345670"],
    ["0123456789abcdef", "012345678"],
    ["fedcba9876543210", "fedcba"],
  ]);
});

it("no beginning is that of another id", () => {
  const id = fc.string({ unit: fc.constantFrom("0", "1"), minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(fc.uniqueArray(id, { maxLength: 40 }), (ids) => {
      for (const [whole, beginning] of unambiguous(ids))
        expect(ids.filter((each) => each.startsWith(beginning))).toEqual([whole]);
    }),
  );
});
