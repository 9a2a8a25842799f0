import fc from "fast-check";
import { expect, test } from "vitest";
import { qrPath } from "./qr-path.js";

/** The modules that a path covers. */
function covered(path: string, size: number): boolean[][] {
  const modules = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    modules[Number(y)]?.fill(true, Number(x), Number(x) + Number(length));
  return modules;
}

test("covers the dark modules and no other, a bar for those beside one another", () => {
  const row = fc.array(fc.boolean(), { minLength: 9, maxLength: 9 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 9, maxLength: 9 }), (modules) => {
      expect(covered(qrPath(modules), 9)).toEqual(modules);
    }),
  );
  expect(
    qrPath([
      [true, true, false],
      [false, false, true],
    ]),
  ).toBe("M0 0h2v1h-2zM2 1h1v1h-1z");
});
