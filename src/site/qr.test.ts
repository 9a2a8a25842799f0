import { encode } from "uqr";
import { expect, test } from "vitest";
import { qrModules } from "./qr.js";

const ADDRESS = "http://192.168.0.7:8414/";

test("has the library's modules, and four light ones around them", () => {
  const modules = qrModules(ADDRESS);
  const { data, size } = encode(ADDRESS, { border: 0, boostEcc: true });
  expect(modules).toHaveLength(size + 8);
  expect(modules.slice(4, -4).map((row) => row.slice(4, -4))).toEqual(data);
  const around = modules.flatMap((row, y) => row.filter((_, x) => Math.min(x, y) < 4 || Math.max(x, y) >= size + 4));
  expect(around).not.toContain(true);
});

test("is as large as 858 bytes need, and no larger", () => {
  expect(qrModules("a".repeat(858))).toHaveLength(97 + 8);
  expect(() => qrModules("a".repeat(859))).toThrow();
});
