import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auc, chooseThreshold, equalErrorRate, ratesAt, rocPoints } from "./index.js";
import { rocCorners } from "./thresholds.js";

// Six pairs. Of the nine pairs of a yes and a no, 0.8 is above 0.5 and 0.2, 0.5 equals 0.5 and is above 0.2, 0.4 is above 0.2, and none is above 0.9.
const PROBABILITIES = [0.9, 0.8, 0.5, 0.5, 0.4, 0.2];
const TARGETS = [0, 1, 1, 0, 1, 0];

/** Pairs of both answers, with many ties. */
const answered = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.integer({ min: 0, max: 8 }).map((n) => n / 8),
        fc.double({ min: 0, max: 1, noNaN: true }),
      ),
      fc.integer({ min: 0, max: 1 }),
    ),
    {
      minLength: 2,
      maxLength: 40,
    },
  )
  .map((pairs) => ({ probabilities: pairs.map(([p]) => p), targets: pairs.map(([, target]) => target) }))
  .filter(({ targets }) => targets.includes(0) && targets.includes(1));

const split = (probabilities: readonly number[], targets: readonly number[]) =>
  [1, 0].map((kind) => probabilities.filter((_, i) => targets[i] === kind)) as [number[], number[]];

/** By the definition: every pair of a yes and a no. */
function naiveAuc(probabilities: readonly number[], targets: readonly number[]): number {
  const [yes, no] = split(probabilities, targets);
  let sum = 0;
  for (const a of yes) for (const b of no) sum += a > b ? 1 : a === b ? 0.5 : 0;
  return sum / (yes.length * no.length);
}

/** Every threshold that decides otherwise than another one. */
const everyThreshold = (probabilities: readonly number[]) => {
  const values = [...new Set([0, ...probabilities, 1])].sort((a, b) => a - b);
  return [
    ...values,
    ...values.slice(1).map((value, i) => ((values[i] as number) + value) / 2),
    Number.POSITIVE_INFINITY,
  ];
};

describe("AUC", () => {
  it("is the share of pairs of a yes and a no in the right order, ties half", () => {
    expect(auc(PROBABILITIES, TARGETS)).toBe(4.5 / 9);
    expect(auc([0.1, 0.9], [0, 1])).toBe(1);
    expect(auc([0.9, 0.1], [0, 1])).toBe(0);
    expect(auc([0.3, 0.3, 0.3], [0, 1, 1])).toBe(0.5);
  });

  it("is the definition's, the area under the ROC curve, and 1 less that of the opposite question", () => {
    fc.assert(
      fc.property(answered, ({ probabilities, targets }) => {
        const area = auc(probabilities, targets);
        expect(area).toBeCloseTo(naiveAuc(probabilities, targets), 12);
        const points = rocPoints(probabilities, targets);
        let sum = 0;
        points.slice(1).forEach((point, i) => {
          const before = points[i] as (typeof points)[number];
          sum +=
            ((point.falseAcceptRate - before.falseAcceptRate) * (point.trueAcceptRate + before.trueAcceptRate)) / 2;
        });
        expect(sum).toBeCloseTo(area, 12);
        expect(
          auc(
            probabilities,
            targets.map((target) => 1 - target),
          ),
        ).toBeCloseTo(1 - area, 12);
      }),
    );
  });

  it("is not a number where all pairs are of one kind", () => {
    expect(auc([0.2, 0.3], [1, 1])).toBeNaN();
    expect(equalErrorRate([0.2, 0.3], [0, 0])).toEqual({ rate: Number.NaN, threshold: Number.NaN });
  });
});

describe("the ROC curve", () => {
  it("has a point for each probability", () => {
    const third = 1 / 3;
    expect(rocPoints(PROBABILITIES, TARGETS)).toEqual([
      { threshold: Number.POSITIVE_INFINITY, falseAcceptRate: 0, trueAcceptRate: 0 },
      { threshold: 0.9, falseAcceptRate: third, trueAcceptRate: 0 },
      { threshold: 0.8, falseAcceptRate: third, trueAcceptRate: third },
      { threshold: 0.5, falseAcceptRate: 2 / 3, trueAcceptRate: 2 / 3 },
      { threshold: 0.4, falseAcceptRate: 2 / 3, trueAcceptRate: 1 },
      { threshold: 0.2, falseAcceptRate: 1, trueAcceptRate: 1 },
    ]);
  });

  it("is what each threshold comes to", () => {
    fc.assert(
      fc.property(answered, ({ probabilities, targets }) => {
        for (const { threshold, falseAcceptRate, trueAcceptRate } of rocPoints(probabilities, targets)) {
          const rates = ratesAt(probabilities, targets, threshold);
          expect(rates.falseAcceptRate).toBe(falseAcceptRate);
          expect(rates.falseRejectRate).toBeCloseTo(1 - trueAcceptRate, 14);
        }
      }),
    );
  });

  it("has corners where it turns", () => {
    const points = rocPoints([0.9, 0.8, 0.7, 0.6, 0.5], [1, 1, 1, 0, 0]);
    expect(rocCorners(points).map(({ threshold }) => threshold)).toEqual([Number.POSITIVE_INFINITY, 0.7, 0.5]);
  });
});

describe("the equal error rate", () => {
  it("is where the joined points have both rates equal", () => {
    // From (1/3, 1/3 accepted) to (2/3, 2/3 accepted) the false rejects fall from 2/3 to 1/3: equal in the middle.
    expect(equalErrorRate(PROBABILITIES, TARGETS).rate).toBeCloseTo(0.5, 14);
    // At 0.6 none of two is accepted wrongly and one of two rejected; at 0.4 one is accepted and one rejected.
    expect(equalErrorRate([0.8, 0.6, 0.4, 0.2], [1, 0, 1, 0])).toEqual({ rate: 0.5, threshold: 0.5 });
    expect(equalErrorRate([0.9, 0.8, 0.2, 0.1], [1, 1, 0, 0])).toEqual({ rate: 0, threshold: 0.5 });
    expect(equalErrorRate([0.5, 0.5, 0.5], [1, 0, 0]).rate).toBe(0.5);
  });

  it("lies on the ROC curve, and its threshold's rates differ as little as any's", () => {
    fc.assert(
      fc.property(answered, ({ probabilities, targets }) => {
        const { rate, threshold } = equalErrorRate(probabilities, targets);
        const points = rocPoints(probabilities, targets);
        const onCurve = points.slice(1).some((point, i) => {
          const before = points[i] as (typeof points)[number];
          const [dx, dy] = [
            point.falseAcceptRate - before.falseAcceptRate,
            point.trueAcceptRate - before.trueAcceptRate,
          ];
          const part = dx + dy === 0 ? 0 : (1 - before.trueAcceptRate - before.falseAcceptRate) / (dx + dy);
          if (part < -1e-9 || part > 1 + 1e-9) return false;
          return Math.abs(before.falseAcceptRate + part * dx - rate) < 1e-9;
        });
        expect(onCurve).toBe(true);
        const differenceAt = (at: number) => {
          const { falseAcceptRate, falseRejectRate } = ratesAt(probabilities, targets, at);
          return Math.abs(falseAcceptRate - falseRejectRate);
        };
        const least = Math.min(...everyThreshold(probabilities).map(differenceAt));
        expect(differenceAt(threshold)).toBeCloseTo(least, 12);
      }),
    );
  });
});

describe("a threshold", () => {
  it("says yes from its probability on", () => {
    expect(ratesAt(PROBABILITIES, TARGETS, 0.5)).toEqual({
      threshold: 0.5,
      falseAcceptRate: 2 / 3,
      falseRejectRate: 1 / 3,
      error: 0.5,
    });
    expect(ratesAt([0.2], [1], 0).falseAcceptRate).toBeNaN();
  });

  it("of least error is in the middle between two probabilities, of equal ones nearest to a half", () => {
    expect(chooseThreshold([0.9, 0.7, 0.3, 0.1], [1, 1, 0, 0], "error")).toBe(0.5);
    // Both 0.8 (one rejected) and 0.2 (one accepted) are wrong once; 0.75 is nearer to ½ than 0.15.
    expect(chooseThreshold([0.9, 0.6, 0.3, 0], [1, 0, 1, 0], "error")).toBeCloseTo(0.75, 14);
    expect(chooseThreshold([0.4, 0.2], [1, 1], "error")).toBe(0.1);
    expect(chooseThreshold([1, 0.2], [0, 0], "error")).toBe(Number.POSITIVE_INFINITY);
  });

  it("has no larger error on its own pairs than any other", () => {
    fc.assert(
      fc.property(answered, ({ probabilities, targets }) => {
        const errorAt = (at: number) => ratesAt(probabilities, targets, at).error;
        const least = Math.min(...everyThreshold(probabilities).map(errorAt));
        expect(errorAt(chooseThreshold(probabilities, targets, "error"))).toBe(least);
      }),
    );
  });

  it("for a false-accept rate is the lowest that keeps it", () => {
    expect(chooseThreshold([0.9, 0.8, 0.6, 0.4], [1, 0, 1, 0], { falseAcceptRate: 0 })).toBeCloseTo(0.85, 14);
    expect(chooseThreshold([0.9, 0.8, 0.6, 0.4], [1, 0, 1, 0], { falseAcceptRate: 0.5 })).toBe(0.5);
    expect(chooseThreshold([0.9, 0.8, 0.6, 0.4], [1, 0, 1, 0], { falseAcceptRate: 1 })).toBe(0.2);
    expect(chooseThreshold([1, 0.5], [0, 1], { falseAcceptRate: 0 })).toBe(Number.POSITIVE_INFINITY);
    fc.assert(
      fc.property(
        answered,
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ probabilities, targets }, falseAcceptRate) => {
          const chosen = ratesAt(probabilities, targets, chooseThreshold(probabilities, targets, { falseAcceptRate }));
          expect(chosen.falseAcceptRate).toBeLessThanOrEqual(falseAcceptRate);
          for (const at of everyThreshold(probabilities)) {
            const other = ratesAt(probabilities, targets, at);
            if (other.falseAcceptRate <= falseAcceptRate)
              expect(other.falseRejectRate).toBeGreaterThanOrEqual(chosen.falseRejectRate);
          }
        },
      ),
    );
  });

  it("between two neighbouring numbers is the larger", () => {
    const next = 0.5 + 2 ** -53;
    expect(chooseThreshold([next, 0.5], [1, 0], "error")).toBe(next);
  });
});

it("what is no answer is refused", () => {
  expect(() => auc([0.5, Number.NaN], [0, 1])).toThrow("probabilities[1] must be a number from 0 to 1, not NaN");
  expect(() => auc([0.5, 1.5], [0, 1])).toThrow("probabilities[1] must be a number from 0 to 1, not 1.5");
  expect(() => auc([0.5, 0.5], [0, 2])).toThrow("targets[1] must be 0 or 1, not 2");
  expect(() => auc([0.5], [0, 1])).toThrow("probabilities are of 1 pair and targets of 2: give both of the same pairs");
  expect(() => auc([], [])).toThrow("probabilities must hold at least 1 number, not 0");
  expect(() => ratesAt([0.5], [1], -1)).toThrow("threshold must be a number from 0 to 1, or Infinity, not -1");
  expect(() => chooseThreshold([0.5], [1], "best" as "eer")).toThrow(
    'aim must be "error", "eer" or { falseAcceptRate }, not "best"',
  );
  expect(() => chooseThreshold([0.5], [1], "eer")).toThrow(
    "a threshold for equal error rates needs pairs of both answers: there are 1 of which it holds and 0 of which it does not",
  );
  expect(() => chooseThreshold([0.5], [1], { falseAcceptRate: 2 })).toThrow(
    "aim.falseAcceptRate must be a number from 0 to 1, not 2",
  );
});
