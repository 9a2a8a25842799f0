import { expect, test } from "vitest";
import { syntheticWorth } from "../../../../test/support/worth.js";
import { LABEL_FRACTIONS, LABELLED_NETWORK, LADDER } from "./ladder.js";
import { placeKey, summarizeTuned, summarizeWorth, type Worth, type WorthSettings } from "./worth.js";

const { worth, records } = syntheticWorth({ rounds: 4, seed: 7 });
const { curves: _, hints: __, ...settings } = worth;

/** The conclusions where each network has this error in every round, at 500, 1,000 and 2,000 pairs. */
function conclude(
  errors: Readonly<Record<string, readonly [number, number, number]>>,
  change: Partial<WorthSettings> = {},
): Worth {
  const sizes = [500, 1000, 2000];
  const own = records
    .filter(({ config }) => sizes.includes(config.trainPairs))
    .map((record) => ({
      ...record,
      testError: errors[record.architecture]?.[sizes.indexOf(record.config.trainPairs)] ?? 0.1,
    }));
  return summarizeWorth(LADDER, own, { ...settings, sizes, ...change });
}

test("a curve has a point for each size, with only the runs of its own network, by their seeds", () => {
  const shuffled = records.toSorted((a, b) => a.id.localeCompare(b.id));
  const summary = summarizeWorth(LADDER, shuffled, settings);
  expect(summary).toEqual(worth);
  expect(summary.curves.map(({ architecture }) => architecture)).toEqual(
    LADDER.map(({ architecture }) => architecture),
  );
  for (const { architecture, points } of summary.curves) {
    expect(points.map(({ pairs }) => pairs)).toEqual(settings.sizes);
    for (const { pairs, rounds, runs, testError } of points) {
      const own = records.filter((run) => run.architecture === architecture && run.config.trainPairs === pairs);
      expect(rounds).toBe(4);
      expect(runs.map(({ seed }) => seed)).toEqual([7, 8, 9, 10]);
      expect(runs.map(({ id }) => id)).toEqual(own.map(({ id }) => id));
      expect(testError.mean).toBeCloseTo(own.reduce((sum, run) => sum + run.testError, 0) / 4, 14);
      expect(testError.ci95?.[0]).toBeLessThan(testError.mean);
    }
  }
});

test("where networks are tuned every interval is over tunings", () => {
  // Four rounds are two tunings of two: two means have no interval, and none of two that diverged leaves Wilson's of 0 of 2.
  const budget = { tunings: 2, rounds: 2, candidates: 2, seeds: [50_007, 50_008], validationPairs: 4000 };
  const tried = { chosen: 0, tried: [] };
  const all = new Map(
    LADDER.flatMap(({ architecture }) =>
      settings.sizes.map((pairs) => [placeKey(architecture, pairs), [tried, tried]] as const),
    ),
  );
  const point = summarizeTuned(LADDER, records, settings, budget, all).curves[0]?.points.at(-1);
  const z2 = 1.959963984540054 ** 2;
  expect(point).toMatchObject({
    trainError: { ci95: null },
    testError: { ci95: null },
    divergedShare: { value: 0, ci95: [0, expect.closeTo(z2 / (2 + z2), 12)] },
  });
});

test("a part of the labels has the bits of the pairs that teach their classes, at least one", () => {
  const part = (pairs: number) => {
    const at = records.filter(({ config }) => config.trainPairs === 125);
    const own = at.flatMap((record) => [record, { ...record, config: { ...record.config, trainPairs: 2 * pairs } }]);
    const sized = own.map((record) =>
      record.config.trainPairs === 125 ? { ...record, config: { ...record.config, trainPairs: pairs } } : record,
    );
    const labelled = sized
      .filter(({ architecture, config }) => architecture === LABELLED_NETWORK && config.trainPairs === 2 * pairs)
      .flatMap((record) =>
        LABEL_FRACTIONS.map((labelFraction) => ({ ...record, config: { ...record.config, labelFraction } })),
      );
    const bits = { answer: 1, classes: 6 };
    const sizes = [pairs, 2 * pairs];
    const { labelParts = [] } = summarizeWorth(LADDER, [...sized, ...labelled], {
      ...settings,
      sizes,
      labelBits: bits,
    });
    return labelParts.map(({ labelBits }) => labelBits);
  };
  // Of four pairs 10% are none, and one teaches its classes; 25% are one, and 50% two.
  expect(part(2)).toEqual([1, 1 + 5 / 4, 1 + 5 / 4, 1 + 5 / 2, 6].map((bits) => expect.closeTo(bits, 12)));
  expect(part(500)).toEqual([1, 1.5, 2.25, 3.5, 6].map((bits) => expect.closeTo(bits, 12)));
});

test("each hint compares its network with the one before it", () => {
  expect(worth.hints.map((hint) => [hint.hint, hint.with, hint.without])).toEqual([
    ["convolution", "trunk+batch-norm+dropout", "fully-connected"],
    ["weight sharing", "trunk+sharing+batch-norm+dropout", "trunk+batch-norm+dropout"],
    ["auxiliary loss", "trunk+sharing+auxiliary+batch-norm+dropout", "trunk+sharing+batch-norm+dropout"],
    [
      "comparison rule",
      "trunk+sharing+auxiliary+batch-norm+dropout+rule",
      "trunk+sharing+auxiliary+batch-norm+dropout",
    ],
  ]);
});

test("the headline is what a hint is worth at the paper's 1,000 pairs", () => {
  const { hints } = conclude({ "fully-connected": [0.4, 0.2, 0.1], "trunk+batch-norm+dropout": [0.2, 0.1, 0.05] });
  // The curve of the MLP is the convolution's, moved by a factor of 2: 1,000 pairs are worth 2,000, 2,000 more than there are.
  expect(hints[0]).toMatchObject({ hint: "convolution", at: 1000, testError: expect.closeTo(0.1, 14) });
  expect(hints[0]?.factor).toBeCloseTo(2, 12);
  expect(hints[0]?.pairsWithout).toBeCloseTo(2000, 8);
  expect(hints[0]?.bySize.map(({ pairs, factor }) => [pairs, factor])).toEqual([
    [500, expect.closeTo(2, 12)],
    [1000, expect.closeTo(2, 12)],
    [2000, 1],
  ]);
  expect(hints[0]?.bySize[2]).toMatchObject({ beyond: true, bound: "lower", ci95: [1, null] });
});

test("where 1,000 pairs were not measured, at the size whose ratio to it is least", () => {
  const own = records.filter(({ config }) => [500, 4000].includes(config.trainPairs));
  expect(summarizeWorth(LADDER, own, { ...settings, sizes: [500, 4000] }).hints[0]?.at).toBe(500);
});

test("one round has no interval", () => {
  const { curves, hints } = syntheticWorth({ rounds: 1 }).worth;
  for (const { ci95, bySize } of hints)
    expect([ci95, ...bySize.map((each) => each.ci95)]).toEqual(new Array(8).fill(null));
  expect(curves[0]?.points[0]?.testError).toMatchObject({ sd: null, ci95: null });
});
