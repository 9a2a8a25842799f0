import { expect, test } from "vitest";
import { normal, shareOf } from "../../../../bench/simulated-rounds.js";
import { uniform } from "../../../../test/support/models.js";
import { mean } from "../../statistics/index.js";
import { standardDeviation } from "../../statistics/moments.js";
import { assumedVerdict, verdictsOn, verdictWords } from "./verdict.js";

const paper = { trainError: 0, trainSd: 0, testError: 0.2, testSd: 0.01 };
const verdictOf = (testError: number, sd: number | null, rounds = 10) =>
  assumedVerdict(verdictsOn({ mean: testError, sd }, rounds, paper));

test("by hand: ten rounds and the paper's ten, both ± 1 point, margin 2 points", () => {
  // Standard error 0.4472 points, 9 degrees: t(0.95) = 1.83311, so 0.81979; t(0.975) = 2.26216, so 1.01167.
  expect(verdictOf(0.2, 0.01)).toBe("agrees");
  expect(verdictOf(0.2 + 0.011801, 0.01)).toBe("agrees");
  expect(verdictOf(0.2 + 0.011803, 0.01)).toBe("higher");
  expect(verdictOf(0.2 - 0.011803, 0.01)).toBe("lower");
});

test("a wide spread leaves it open, whatever the means are", () => {
  // ± 5 points in ten rounds: standard error 1.61 points, t(0.95, 9) = 1.8331: 2.96 points, more than the margin.
  expect(verdictOf(0.2, 0.05)).toBe("open");
  expect(verdictOf(0.23, 0.05)).toBe("open");
});

test("it depends on the paper's rounds", () => {
  // As the paper's simple CNN, 19.0% ± 3.25 points beside 18.6% ± 0.88: 0.4 + 1.83 · 0.65 = 1.6 points with 30 rounds of the paper.
  const cnn = { ...paper, testError: 0.19, testSd: 0.0325 };
  const verdicts = verdictsOn({ mean: 0.186, sd: 0.0088 }, 10, cnn);
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(["open", "agrees"]);
  const from = verdicts[1]?.paperRounds as number;
  expect(from).toBeGreaterThan(10);
  expect(from).toBeLessThan(30);
  expect(verdictWords(verdicts)).toBe(`n ≥ ${from}: agrees`);
  expect(verdictWords(null)).toBe("none: it diverged");
});

test("with more rounds of the paper a verdict is never taken back but for one that says more", () => {
  const next = uniform(3);
  for (let i = 0; i < 200; i++) {
    const ours = { mean: 0.15 + 0.1 * next(), sd: 0.03 * next() };
    const words = verdictsOn(ours, 2 + Math.floor(30 * next()), { ...paper, testSd: 0.03 * next() }).map(
      ({ verdict }) => verdict,
    );
    expect(
      ["open", "agrees", "lower", "higher", "open lower", "open higher", "open agrees"].concat([
        "open lower agrees",
        "open higher agrees",
        "lower agrees",
        "higher agrees",
      ]),
    ).toContain(words.join(" "));
  }
});

test("one round has the paper's deviation", () => {
  // √(1 + 1/10) points and t(0.975, 9) = 2.2622: 2.3726 points; t(0.95, 9) · 1.0488 = 1.92 points, within the margin of 2.
  expect(verdictOf(0.2, null, 1)).toBe("agrees");
  expect(verdictOf(0.2 + 0.0237, null, 1)).toBe("open");
  expect(verdictOf(0.2 + 0.0238, null, 1)).toBe("higher");
});

test("networks that differ by the margin agree in at most 5%, equal ones differ in at most 5% of 4,000 experiments", () => {
  const next = uniform(14);
  const found = (shift: number, verdict: (of: string) => boolean) =>
    shareOf(4000, () => {
      const rounds = (center: number, sd: number, n: number) =>
        Array.from({ length: n }, () => center + sd * normal(next));
      const [ours, theirs] = [rounds(0.2 + shift, 0.016, 10), rounds(0.2, 0.01, 10)];
      const of = (values: readonly number[]) => ({ mean: mean(values), sd: standardDeviation(values) as number });
      const printed = { ...paper, testError: of(theirs).mean, testSd: of(theirs).sd };
      return verdict(assumedVerdict(verdictsOn(of(ours), 10, printed)));
    });
  const most = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / 4000);
  expect(found(0.0205, (verdict) => verdict === "agrees")).toBeLessThan(most);
  expect(found(0, (verdict) => verdict === "lower" || verdict === "higher")).toBeLessThan(most);
});
