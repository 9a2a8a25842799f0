import { expect, test } from "vitest";
import { jackknife } from "./jackknife.js";
import { mean, standardDeviation } from "./moments.js";

test("of a mean it is s / √n", () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6];
  const without = values.map((_, left) => mean(values.filter((_, i) => i !== left)));
  expect(jackknife(without)).toBeCloseTo((standardDeviation(values) as number) / Math.sqrt(values.length), 12);
});

test("it needs two values", () => {
  expect(() => jackknife([1])).toThrow("without");
});
