import { describe, expect, it, test } from "vitest";
import { syntheticWorth } from "../../../../test/support/worth.js";
import { factorInterval, factorText } from "./factor-text.js";
import { worthSentences } from "./sentences.js";
import { type ShownLadder, shownLadders, worthErrorTable, worthFactorTable } from "./tables.js";
import type { HintWorth, LadderPoint, Worth } from "./worth.js";

const { worth } = syntheticWorth({ rounds: 10, sizes: [125, 1000, 30_000] });
const first = worth.hints[0] as HintWorth;
const own = (worth: Worth) => shownLadders(worth)[0] as ShownLadder;
/** What is said of a hint at 1,000 pairs, of 125 to 30,000. */
const said = (change: Partial<HintWorth>, rounds = 30) =>
  worthSentences({ ...worth, rounds, hints: [{ ...first, hint: "auxiliary loss", testError: 0.078, ...change }] });

/** What is said of the auxiliary loss where it was tuned, and of a part of its labels. */
function saidTuned(change: Partial<HintWorth>): string[] {
  const hint = { ...first, hint: "auxiliary loss", steps: { factor: null, ci95: null }, ...change };
  const [, , , auxiliary] = worth.curves;
  const point = auxiliary?.points[1] as LadderPoint;
  const { factor, ci95, pairsWithout, bound } = hint;
  const labelParts = [
    { labelFraction: 0.1, point, factor, ci95, pairsWithout, ...(bound && { bound }), labelBits: 1.5 },
  ];
  const budget = { tunings: 30, rounds: 3, candidates: 4, seeds: [], validationPairs: 4000 };
  const tuned = { ...budget, curves: worth.curves, hints: [hint], labelParts };
  return worthSentences({ ...worth, hints: [], tuned });
}

describe("what a tuned hint is worth", () => {
  it("is said of pairs and of bits of labels", () => {
    expect(saidTuned({ factor: 9, ci95: [6, 12], labelBits: 6 })).toEqual([
      "With settings tuned at every number of pairs, the auxiliary loss is worth 9.0× the pairs [6.0, 12] at 1,000 pairs (n = 30 tunings of 3 rounds). It brings 6.0× the bits of labels a pair: per bit it is worth 1.5× [1.0, 2.0].",
      "With the classes of 10% of 1,000 pairs, the tuned auxiliary loss is worth 9.0× the pairs [6.0, 12]. Per bit of labels it is worth 6.0× [4.0, 8.0].",
    ]);
  });

  it("is a bound of both, said once", () => {
    expect(saidTuned({ factor: 30, bound: "lower", beyond: true, ci95: [24, null], labelBits: 6 })).toEqual([
      "With settings tuned at every number of pairs, the auxiliary loss is estimated to be worth more than 30× the pairs [24, > 30] at 1,000 pairs (n = 30 tunings of 3 rounds). It brings 6.0× the bits of labels a pair: per bit it is estimated to be worth more than 5.0× [4.0, > 5.0].",
      "With the classes of 10% of 1,000 pairs, the tuned auxiliary loss is estimated to be worth more than 30× the pairs [24, > 30]. Per bit of labels it is estimated to be worth more than 20× [16, > 20].",
    ]);
  });
});

describe("what a hint is worth", () => {
  it("is a factor, and the pairs that the network without it needs", () => {
    expect(said({ factor: 8.21, ci95: [7.14, 9.61], pairsWithout: 8210 })).toEqual([
      "At 1,000 training pairs the auxiliary loss is worth 8.2× the data [7.1, 9.6]: without it the network needs about 8,200 pairs for the same test error, 7.8% (n = 30 rounds).",
    ]);
  });

  it("has no article where it is no thing", () => {
    expect(said({ hint: "weight sharing", factor: 1.5, ci95: [1.2, 34], pairsWithout: 1500 })).toEqual([
      "At 1,000 training pairs weight sharing is worth 1.5× the data [1.2, 34]: without it the network needs about 1,500 pairs for the same test error, 7.8% (n = 30 rounds).",
    ]);
  });

  it("may be a bound, and so may the ends of its interval", () => {
    expect(said({ factor: 30, bound: "lower", beyond: true, ci95: [24.6, null], pairsWithout: 30_000 })).toEqual([
      "At 1,000 training pairs the auxiliary loss is estimated to be worth more than 30× the data [25, > 30]: without it even 30,000 pairs, the most measured, give a higher test error than 7.8% (n = 30 rounds).",
    ]);
    expect(said({ factor: 30, bound: "lower", beyond: true, ci95: [30, null], pairsWithout: 30_000 })[0]).toMatch(
      /is worth more than 30× the data \[> 30\]: without/,
    );
    expect(said({ factor: 0.125, bound: "upper", beyond: true, ci95: [null, 0.4], pairsWithout: 125 })).toEqual([
      "At 1,000 training pairs the auxiliary loss is estimated to be worth less than 0.13× the data [< 0.13, 0.40]: without it 125 pairs, the fewest measured, already give a lower test error than 7.8% (n = 30 rounds).",
    ]);
  });

  it("may be nothing", () => {
    const [sentence] = said({ factor: 1.1, ci95: [0.94, 1.3], pairsWithout: 1100 });
    expect(sentence).toMatch(/ \(n = 30 rounds\)\. The interval includes 1×, which is no gain\.$/);
    expect(said({ factor: 1, ci95: [1, 1] })[0]).toMatch(/no gain/);
    expect(said({ factor: 0.9, ci95: [0.8, 0.95] })[0]).not.toMatch(/no gain/);
    // An open end at 1 lies above it.
    const atMost = { at: 30_000, factor: 1, bound: "lower", beyond: true, ci95: [1, null] } as const;
    expect(said(atMost)[0]).not.toMatch(/no gain/);
    expect(said({ ...atMost, ci95: [0.9, null] })[0]).toMatch(/no gain/);
  });

  it("says what few rounds are good for", () => {
    const few = { factor: 8.2, ci95: [7.1, 9.6], pairsWithout: 8210 } as const;
    expect(said(few, 30)).toHaveLength(1);
    expect(said(few, 5).at(-1)).toBe(
      "5 rounds are exploratory: the intervals show how uncertain the factors are. A claim needs 30 (--rounds 30).",
    );
    expect(said({ ...few, ci95: null }, 1)).toEqual([
      "At 1,000 training pairs the auxiliary loss is worth 8.2× the data: without it the network needs about 8,200 pairs for the same test error, 7.8% (n = 1 round).",
      "One round has no interval: these factors may be chance.",
    ]);
  });
});

test("factors and their intervals in a table", () => {
  const at = (change: Partial<HintWorth>) => {
    const value = { ...first, bound: undefined, ...change } as HintWorth;
    return factorText(value) + factorInterval(value, [0.125, 30]);
  };
  expect(at({ factor: 0.874, ci95: [0.7, 0.996] })).toBe("0.87× [0.70, 1.0]");
  expect(at({ factor: 9.96, ci95: [9.94, 12.3] })).toBe("10× [9.9, 12]");
  expect(at({ factor: 30, bound: "lower", ci95: [30, null] })).toBe("> 30× [> 30]");
  expect(at({ factor: 0.125, bound: "upper", ci95: [null, 0.125] })).toBe("< 0.13× [< 0.13]");
  expect(at({ factor: 2, ci95: [null, null] })).toBe("2.0× [< 0.13, > 30]");
  expect(at({ factor: 2, ci95: null })).toBe("2.0×");
});

test("a table has a row for each size and a column for each hint or network", () => {
  const factors = worthFactorTable(own(worth));
  expect(factors.columns).toEqual([
    "Training pairs",
    "convolution",
    "weight sharing",
    "auxiliary loss",
    "comparison rule",
  ]);
  expect(factors.rows.map(([size]) => size)).toEqual(["125", "1,000", "30,000"]);
  expect(factors.rows[1]?.[1]).toBe(factorText(first) + factorInterval(first, [0.125, 30]));
  const errors = worthErrorTable(own(worth), "testError");
  expect(errors.columns.slice(1)).toEqual([
    "fully connected",
    "convolution",
    "+ weight sharing",
    "+ auxiliary loss",
    "+ comparison rule",
  ]);
  expect(errors.rows[1]?.[1]).toMatch(/^18\.\d% ± 0\.\d\d pt$/);
  expect(worthErrorTable(own(syntheticWorth({ rounds: 1 }).worth), "trainError").rows[0]?.[1]).toMatch(/^[\d.]+%$/);
});

test("what diverged is named first; a factor that rests on it says of how many rounds it is, and has no interval", () => {
  const { worth } = syntheticWorth({
    rounds: 10,
    sizes: [125, 1000, 30_000],
    diverges: ({ architecture, seed, config }) =>
      architecture === "trunk+sharing+batch-norm+dropout" && config.trainPairs === 125 && seed === 4,
  });
  const sentences = worthSentences(worth);
  expect(sentences[0]).toBe('1 of 10 rounds of "+ weight sharing" on 125 pairs diverged (seed 4 at epoch 1, step 7).');
  // Weight sharing's own factor at 1,000 pairs looks up the curve without it; the auxiliary loss's looks up this one.
  expect(sentences[2]).toMatch(/^At 1,000 training pairs weight sharing is worth [\d.]+× the data \[.*\]/);
  expect(sentences[3]).toMatch(
    /^At 1,000 training pairs the auxiliary loss is worth [\d.]+× the data: .* \(n = 10 rounds, without the 1 in which a run that it rests on diverged; there is no interval\)\.$/,
  );
  expect(worthFactorTable(own(worth)).rows[1]?.[3]).toMatch(/^[\d.]+× \(9 of 10 rounds\)$/);
  expect(worthErrorTable(own(worth), "testError").rows[0]).toContainEqual(
    expect.stringMatching(/ \(1 of 10 diverged\)$/),
  );
});
