import { expect, test } from "vitest";
import { normal } from "../../../../bench/simulated-rounds.js";
import { uniform } from "../../../../test/support/models.js";
import { InvalidRequest } from "../../errors.js";
import { anytimeP } from "../../statistics/index.js";
import { comparisonSentence } from "./sentence.js";
import { anytimeTests, checkUntil } from "./until.js";

const next = uniform(6);
/** Rounds of a true difference, in standard deviations of a point. */
const rounds = (n: number, center: number) => Array.from({ length: n }, () => (center + normal(next)) / 100);
const MARGIN = 0.01;

test("a large difference is shown, a difference of 0 is equivalent within a margin, and few rounds leave it open", () => {
  const [large] = anytimeTests([rounds(30, 2)], { margin: MARGIN });
  expect(large).toMatchObject({ decision: "shown", exact: null });
  const [none] = anytimeTests([rounds(120, 0)], { margin: MARGIN });
  expect(none).toMatchObject({ decision: "equivalent" });
  expect(none?.equivalence?.pHolm).toBeLessThanOrEqual(0.05);
  const [few] = anytimeTests([rounds(6, 0)], { margin: MARGIN });
  expect(few).toMatchObject({ decision: "open" });
});

test("without a margin nothing is equivalent", () => {
  const [none] = anytimeTests([rounds(120, 0)], {});
  expect(none).toMatchObject({ decision: "open" });
  expect(none).not.toHaveProperty("equivalence");
  expect(none?.moreRounds?.most).toBeNull();
});

test("p is the anytime test's, corrected over all, and each interval goes with it", () => {
  const sets = [rounds(25, 0.7), rounds(25, 0), rounds(25, 0.5)];
  const tests = anytimeTests(sets, {});
  tests.forEach(({ p, pHolm, ci95, simultaneousCi95, decision }, i) => {
    expect(p).toBe(anytimeP(sets[i] as number[]).at(-1));
    expect(pHolm).toBeGreaterThanOrEqual(p as number);
    const excludes = (interval: typeof ci95) => interval !== null && (interval[0] > 0 || interval[1] < 0);
    expect(excludes(ci95)).toBe((p as number) <= 0.05);
    if (decision === "open") expect(excludes(simultaneousCi95)).toBe(false);
  });
});

test("the rounds to come are fewer the farther the interval reaches, and most at half the margin", () => {
  const differences = Array.from({ length: 20 }, (_, i) => (i % 2 ? 0.011 : -0.009));
  const [{ sd, simultaneousCi95, moreRounds }] = anytimeTests([differences], { margin: 0.004 }) as [
    ReturnType<typeof anytimeTests>[number],
  ];
  // 13 / (0.2 points / 1.03)² + 5 rounds, less the 20 that there are.
  expect(moreRounds?.most).toBe(Math.ceil(13 * ((sd as number) / 0.002) ** 2 + 5) - 20);
  expect(simultaneousCi95?.[0]).toBeLessThan(0);
  expect(moreRounds?.least).toBeLessThan(moreRounds?.most as number);
});

test("what rests on a round that diverged is not tested, and does not ask for more", () => {
  const [lost, other] = anytimeTests([rounds(20, 1).with(3, Number.NaN), rounds(20, 2)], { margin: MARGIN });
  expect(lost).toMatchObject({ decision: "not tested", diverged: 1, p: null, ci95: null });
  expect(lost).not.toHaveProperty("equivalence");
  // Both count in the correction.
  expect(other?.pHolm).toBe(2 * (other?.p as number));
});

const found = { a: "weight-sharing", b: "simple-cnn", sd: 0.02, mean: -0.02 } as const;
const interval = [-0.03, -0.01] as const;
const wide = [-0.05, 0.01] as const;

test.each([
  [
    "shown",
    { decision: "shown", pHolm: 0.03, ci95: interval, simultaneousCi95: wide },
    {},
    1,
    "Shown: weight sharing lowers test error by 2.0 points [1.0, 3.0] against simple CNN (n = 14, looked at after every round, p = 0.030).",
  ],
  [
    "equivalent",
    { decision: "equivalent", pHolm: 0.8, ci95: wide, simultaneousCi95: wide, equivalence: { p: 0.01, pHolm: 0.02 } },
    { margin: 0.06 },
    2,
    "Equivalent within 6.0 points: the difference between weight sharing and simple CNN is 2.0 points [−1.0, 5.0] in favour of weight sharing (n = 14, looked at after every round, p = 0.020, Holm-corrected over 2 pairs).",
  ],
  [
    "open with a margin",
    { decision: "open", pHolm: 0.2, ci95: wide, simultaneousCi95: wide, moreRounds: { least: 7, most: 1200 } },
    { margin: 0.005 },
    1,
    "Open, about 7 to 1,200 more rounds: the difference between weight sharing and simple CNN is 2.0 points [−1.0, 5.0] in favour of weight sharing (n = 14, looked at after every round, p = 0.20).",
  ],
  [
    "open without one",
    { decision: "open", pHolm: 0.2, ci95: wide, simultaneousCi95: wide, moreRounds: { least: 7, most: null } },
    {},
    1,
    "Open, at least about 7 more rounds: the difference between weight sharing and simple CNN is 2.0 points [−1.0, 5.0] in favour of weight sharing (n = 14, looked at after every round, p = 0.20).",
  ],
] as const)("a sentence for %s", (_, decided, until, comparisons, expected) => {
  expect(comparisonSentence({ ...found, ...decided }, { rounds: 14, comparisons, until })).toBe(expected);
});

test("a margin is a number above 0", () => {
  expect(() => checkUntil({ margin: 0 })).toThrow(new InvalidRequest("until.margin must be a number above 0, not 0"));
  expect(() => checkUntil({ margin: "1" as unknown as number })).toThrow(InvalidRequest);
  expect(() => checkUntil({ margin: 0.01 })).not.toThrow();
  expect(() => checkUntil({})).not.toThrow();
});
