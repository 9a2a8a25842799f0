import { expect, test } from "vitest";
import { worthInWords } from "./sentence.js";
import { steps, type Worth, worthAt } from "./study.js";

const said = (hint: string, pairs: number): string => {
  const step = steps.find((each) => each.hint === hint);
  return step ? worthInWords(worthAt(step, pairs)) : "";
};

test("of the study: what it measured, and what it did not reach", () => {
  expect(said("auxiliary loss", 1000)).toBe(
    "With the auxiliary loss, 1,000 pairs reach 7.9% test error. Without it you need about 6,800: 6.8 times as many. 95% interval: 5.4 to more than 7.5 times.",
  );
  expect(said("auxiliary loss", 2500)).toBe(
    "With the auxiliary loss, 2,500 pairs reach 4.3% test error. Without it you need more than 7,500: the study ends there. 95% interval: more than 3.0 times.",
  );
  expect(said("convolution", 7500)).toBe(
    "With convolution, 7,500 pairs reach 9.3% test error. Without it about 6,600 are enough: 0.87 times as many. 95% interval: 0.79 to 0.97 times.",
  );
  expect(said("convolution", 2500)).toBe(
    "With convolution, 2,500 pairs reach 14.5% test error. Without it you need about 2,500: no gain is shown. 95% interval: 0.86 to 1.1 times. It includes 1.",
  );
  expect(said("comparison rule", 1500)).toMatch(
    /^With the comparison rule, 1,500 pairs reach about 2\.\d% test error\. /,
  );
});

const worth: Worth = {
  hint: "weight sharing",
  pairs: 1000,
  error: 0.05,
  isMeasured: true,
  factor: 2,
  pairsWithout: 2000,
  ci95: [1.5, 3],
};

test("a bound is an estimate where the interval does not reach it", () => {
  const above = { ...worth, factor: 7.5, pairsWithout: 7500, beyond: true, bound: "lower" } as const;
  expect(worthInWords({ ...above, ci95: [7.5, null] })).toContain(
    "you need more than 7,500: the study ends there. 95%",
  );
  expect(worthInWords({ ...above, ci95: [6.1, null] })).toContain(
    "you need more than 7,500 by this estimate: the study ends there. 95% interval: 6.1 to more than 7.5 times.",
  );
  const below = { ...worth, factor: 0.25, pairsWithout: 250, beyond: true, bound: "upper" } as const;
  expect(worthInWords({ ...below, ci95: [null, 0.25] })).toContain(
    "fewer than 250 are enough: the study begins there. 95% interval: less than 0.25 times.",
  );
  expect(worthInWords({ ...below, ci95: [null, 1.2] })).toContain(
    "fewer than 250 are enough by this estimate: the study begins there. 95% interval: less than 0.25 to 1.2 times. It includes 1: no gain is shown.",
  );
});

test("without an interval nothing is said of one", () => {
  expect(worthInWords({ ...worth, ci95: null })).toBe(
    "With weight sharing, 1,000 pairs reach 5.0% test error. Without it you need about 2,000: 2.0 times as many.",
  );
});
