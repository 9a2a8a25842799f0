import { describe, expect, it } from "vitest";
import { uniform } from "../../../../test/support/models.js";
import { type DataFactor, dataFactor, type LearningCurve, leastError, meanErrorAt } from "./data-factor.js";

const least = leastError(10, 5000);

/** A curve whose rounds all have the same error. */
const certain = (pairs: readonly number[], errors: readonly number[], rounds = 3): LearningCurve => ({
  pairs,
  errors: errors.map((error) => new Array<number>(rounds).fill(error)),
});

describe("the factor", () => {
  const pairs = [100, 1000, 10_000];
  const plain = certain(pairs, [0.4, 0.1, 0.025]);

  it("is the ratio of pairs at equal errors, on straight lines of log error against log pairs", () => {
    // 0.2 is halfway from 0.4 to 0.1 in logarithms: √(100 · 1000) = 316.2 pairs.
    expect(dataFactor(certain(pairs, [0.2, 0.05, 0.02]), plain, 100, least).factor).toBeCloseTo(Math.sqrt(10), 12);
    // So is 0.05 from 0.1 to 0.025.
    const atThousand = dataFactor(certain(pairs, [0.2, 0.05, 0.02]), plain, 1000, least);
    expect(atThousand.factor).toBeCloseTo(Math.sqrt(10), 12);
    expect(atThousand.pairsWithout).toBeCloseTo(1000 * Math.sqrt(10), 8);
    expect(atThousand).not.toHaveProperty("beyond");
    for (const end of atThousand.ci95 ?? []) expect(end).toBeCloseTo(Math.sqrt(10), 12);
  });

  it("between two sizes starts from the straight line between their errors", () => {
    const hinted = certain(pairs, [0.2, 0.05, 0.02]);
    // Halfway from 100 to 1,000 pairs is halfway from 0.2 to 0.05: 0.1, which the other network has at 1,000.
    const halfway = 100 * Math.sqrt(10);
    expect(meanErrorAt(hinted, halfway, least)).toBeCloseTo(0.1, 12);
    const between = dataFactor(hinted, plain, halfway, least);
    expect(between.pairsWithout).toBeCloseTo(1000, 8);
    expect(between.factor).toBeCloseTo(Math.sqrt(10), 12);
    expect(meanErrorAt(hinted, 1000, least)).toBeCloseTo(0.05, 15);
    for (const pairs of [99, 10_001])
      expect(() => dataFactor(hinted, plain, pairs, least)).toThrow(`no ${pairs} pairs`);
  });

  it("between two sizes has the interval of rounds that vary together at both", () => {
    const rounds = [0.9, 1, 1.1, 1.05];
    const varied = (errors: readonly number[], by: readonly number[]): LearningCurve => ({
      pairs,
      errors: errors.map((error) => by.map((factor) => error * factor)),
    });
    const hinted = varied([0.2, 0.05, 0.0125], rounds);
    const steady = varied([0.4, 0.1, 0.025], [1, 1, 1, 1]);
    // On parallel lines the factor and its ends are the same everywhere.
    const [at, between] = [1000, 2000].map((size) => dataFactor(hinted, steady, size, least)) as [
      DataFactor,
      DataFactor,
    ];
    expect(between.factor).toBeCloseTo(at.factor, 10);
    between.ci95?.forEach((end, i) => {
      expect(end).toBeCloseTo(at.ci95?.[i] ?? Number.NaN, 8);
    });
    expect(at.ci95?.[0]).toBeLessThan(at.factor - 0.1);
  });

  it("is 1 where the hint changes nothing, and below 1 where it does harm", () => {
    for (const size of pairs) expect(dataFactor(plain, plain, size, least).factor).toBeCloseTo(1, 12);
    const worse = dataFactor(certain(pairs, [0.4, 0.2, 0.05]), plain, 1000, least);
    expect(worse.factor).toBeCloseTo(1 / Math.sqrt(10), 12);
  });

  it("outside the curve without the hint it is a bound, and so is each end of its interval", () => {
    const above = dataFactor(certain(pairs, [0.02, 0.01, 0.001]), plain, 100, least);
    expect(above).toEqual({ factor: 100, pairsWithout: 10_000, beyond: true, bound: "lower", ci95: [100, null] });
    const below = dataFactor(certain(pairs, [0.5, 0.45, 0.3]), plain, 1000, least);
    expect(below).toEqual({ factor: 0.1, pairsWithout: 100, beyond: true, bound: "upper", ci95: [null, 0.1] });
  });

  it("an interval may have one end, if only some rounds lie outside", () => {
    const hinted = { pairs, errors: [[0.3], [0.05], [0.02]].map((each) => [...each, ...each, ...each, ...each]) };
    // Without the hint the last point's mean is 0.04, and in resamples without the last round 0.06: above 0.05.
    const uncertain = {
      pairs,
      errors: [
        [0.4, 0.4, 0.4, 0.4],
        [0.1, 0.1, 0.1, 0.1],
        [0.06, 0.05, 0.05, 0.02],
      ],
    };
    const { factor, ci95 } = dataFactor(hinted, uncertain, 1000, least);
    expect(factor).toBeLessThan(10);
    expect(ci95?.[0]).toBeGreaterThan(1);
    expect(ci95?.[0]).toBeLessThan(factor);
    expect(ci95?.[1]).toBeNull();
  });

  it("a curve that rises by chance is made flat first, by the mean of the two", () => {
    // 0.1 and 0.3 become 0.2 and 0.2; 0.2 is first reached at 1,000 pairs, 0.1 three quarters of the way down to 0.05.
    const bumpy = certain([100, 1000, 2000, 20_000], [0.8, 0.1, 0.3, 0.05]);
    const at = (error: number) => dataFactor(certain([100, 1000], [error, 0.01]), bumpy, 100, least).factor;
    expect(at(0.2)).toBeCloseTo(10, 10);
    expect(at(0.4)).toBeCloseTo(Math.sqrt(10), 10);
    expect(at(0.1)).toBeCloseTo(20 * Math.sqrt(10), 10);
  });

  it("no error at all counts as half a pair of all test pairs", () => {
    expect(leastError(10, 5000)).toBe(1e-5);
    const perfect = certain(pairs, [0, 0, 0]);
    const steep = certain(pairs, [0.1, 1e-3, 1e-7]);
    // Both ends of the plain curve's last piece, 1e-3 and 1e-5, are known; 0 is taken for 1e-5.
    expect(dataFactor(perfect, steep, 1000, least).factor).toBeCloseTo(10, 10);
    expect(dataFactor(perfect, perfect, 1000, least).factor).toBeCloseTo(0.1, 12);
  });

  it("a single round has no interval", () => {
    expect(dataFactor(certain(pairs, [0.2, 0.05, 0.02], 1), certain(pairs, [0.4, 0.1, 0.025], 1), 100, least)).toEqual({
      factor: expect.closeTo(Math.sqrt(10), 12),
      pairsWithout: expect.closeTo(100 * Math.sqrt(10), 8),
      ci95: null,
    });
  });
});

describe.each([3, 10])("on simulated learning curves with a known factor, in %d rounds", (rounds) => {
  const SIZES = [125, 250, 500, 1000, 2000, 4000, 8000, 15_000];
  const TEST_PAIRS = 5000;
  const TRUE_FACTOR = 5;
  const SIMULATIONS = 400;

  const next = uniform(7);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  /** A round's error: the network's own, 8% apart from round to round, measured on a finite number of test pairs. */
  const measured = (error: number) => {
    const own = error * Math.exp(0.08 * normal());
    return Math.round(TEST_PAIRS * own + Math.sqrt(TEST_PAIRS * own * (1 - own)) * normal()) / TEST_PAIRS;
  };
  const curve = (advantage: number): LearningCurve => ({
    pairs: SIZES,
    errors: SIZES.map((pairs) => Array.from({ length: rounds }, () => measured(0.9 * (advantage * pairs) ** -0.35))),
  });
  const simulated = Array.from({ length: SIMULATIONS }, () =>
    dataFactor(curve(TRUE_FACTOR), curve(1), 1000, leastError(rounds, TEST_PAIRS)),
  );

  it("the estimate is right on average", () => {
    const logs = simulated.map(({ factor }) => Math.log(factor / TRUE_FACTOR));
    const mean = logs.reduce((sum, log) => sum + log, 0) / SIMULATIONS;
    const deviation = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (SIMULATIONS - 1));
    expect(Math.abs(mean)).toBeLessThan((3 * deviation) / Math.sqrt(SIMULATIONS));
  });

  it("the interval holds the truth about as often as it says", () => {
    const covered = simulated.filter(
      ({ ci95 }) => (ci95?.[0] ?? 0) <= TRUE_FACTOR && TRUE_FACTOR <= (ci95?.[1] ?? Number.POSITIVE_INFINITY),
    );
    expect(covered.length / SIMULATIONS).toBeGreaterThanOrEqual(0.92);
    expect(covered.length / SIMULATIONS).toBeLessThanOrEqual(0.985);
  });
});

describe("where a run diverged", () => {
  const next = uniform(5);
  const pairs = [100, 1000, 10_000];
  const curve = (middles: readonly number[]): LearningCurve => ({
    pairs,
    errors: middles.map((middle) => Array.from({ length: 6 }, () => middle * (0.9 + 0.2 * next()))),
  });
  const [hinted, plain] = [curve([0.2, 0.05, 0.02]), curve([0.4, 0.1, 0.025])];
  const losing = ({ errors }: LearningCurve, size: number, round: number): LearningCurve => ({
    pairs,
    errors: errors.map((each, i) => (i === size ? each.with(round, Number.NaN) : each)),
  });
  const without = ({ errors }: LearningCurve, rounds: readonly number[]): LearningCurve => ({
    pairs,
    errors: errors.map((each) => each.filter((_, round) => !rounds.includes(round))),
  });

  it("the factor is of the rounds in which none did that it rests on, without an interval", () => {
    const found = dataFactor(losing(hinted, 1, 2), losing(plain, 0, 4), 1000, least);
    const expected = dataFactor(without(hinted, [2, 4]), without(plain, [2, 4]), 1000, least);
    expect(expected.ci95).not.toBeNull();
    expect(found).toEqual({ ...expected, ci95: null, diverged: 2 });
  });

  it("one that it does not rest on costs nothing", () => {
    expect(dataFactor(losing(hinted, 0, 2), plain, 1000, least)).toEqual(dataFactor(hinted, plain, 1000, least));
  });

  it("nothing is left where every round did, at whatever size", () => {
    const lost = [0, 1, 2, 3, 4, 5].reduce((before, round) => losing(before, round % 3, round), plain);
    expect(dataFactor(hinted, lost, 1000, least)).toEqual({
      factor: Number.NaN,
      pairsWithout: Number.NaN,
      ci95: null,
      diverged: 6,
    });
  });
});
