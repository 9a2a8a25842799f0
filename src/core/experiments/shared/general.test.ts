import { describe, expect, it } from "vitest";
import { noBits, setBit } from "../../formats/bits.js";
import { generalInterval, roundsOfPairs, sharedVariance } from "../../statistics/index.js";
import type { DrawnImages } from "./drawn.js";
import { generalOf } from "./general.js";

const PAIRS = 6;
/** Three rounds that pair twelve images anew, and train on four of six others. */
const DRAWN: DrawnImages[] = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  [0, 2, 1, 3, 4, 6, 5, 7, 8, 10, 9, 11],
  [11, 0, 10, 1, 9, 2, 8, 3, 7, 4, 6, 5],
].map((tested, round) => ({
  of: "images",
  tested: Uint32Array.from(tested),
  trained: Uint32Array.from([0, 1, 2 + round, 3 + round]),
}));

/** A network's runs, by the numbers of the pairs that it decides wrong in each round. */
const runsOf = (wrongPairs: readonly (readonly number[])[], drawn = DRAWN) =>
  wrongPairs.map((pairs, round) => {
    const wrong = noBits(PAIRS);
    for (const pair of pairs) setBit(wrong, pair);
    return {
      allTestPairs: { pairs: PAIRS, testError: pairs.length / PAIRS, wrong },
      drawn: drawn[round] as DrawnImages,
    };
  });
const valuesOf = (wrongPairs: readonly (readonly number[])[]) =>
  wrongPairs.map((pairs) => Array.from({ length: PAIRS }, (_, pair) => Number(pairs.includes(pair))));

const A = [[0, 1], [0], [0, 5]];
const B = [[1], [0, 3], [2]];
const over = { mean: 0.2, sd: 0.1, ci95: [0.1, 0.4] } as const;
const rounds = roundsOfPairs(DRAWN.map(({ tested }) => tested));
/** Two rounds train on 3, 2 and 3 images of four in common. */
const overlap = (3 + 2 + 3) / 3 / 4;

describe("the interval in general", () => {
  it("of an error is from its verdicts, the images of their pairs, and how far training sets overlap", () => {
    const shared = sharedVariance(rounds, valuesOf(A));
    if (!shared) throw new Error("not computed");
    expect(generalOf(over, PAIRS, [{ runs: runsOf(A), weight: 1 }])).toEqual({
      of: "images",
      ci95: generalInterval(over, shared, { rounds: 3, sd: 0.1, overlap, isShare: true }),
      imagesSd: Math.sqrt(shared.variance),
      trainingOverlap: expect.closeTo(overlap, 12),
    });
  });

  it("of a difference is from what the networks differ in on each pair", () => {
    const [a, b] = [valuesOf(A), valuesOf(B)];
    const values = a.map((own, r) => own.map((value, pair) => value - (b[r]?.[pair] as number)));
    const shared = sharedVariance(rounds, values);
    if (!shared) throw new Error("not computed");
    const terms = [
      { runs: runsOf(A), weight: 1 },
      { runs: runsOf(B), weight: -1 },
    ];
    const found = generalOf(over, PAIRS, terms);
    expect(found?.ci95).toEqual(generalInterval(over, shared, { rounds: 3, sd: 0.1, overlap }));
    expect(found?.imagesSd).toBe(Math.sqrt(shared.variance));
    // Errors that both make cancel.
    const same = generalOf(over, PAIRS, [terms[0], { runs: runsOf(A), weight: -1 }] as typeof terms);
    expect(same?.imagesSd).toBe(0);
  });

  it("of the first of the pairs counts more of the spread as pairing", () => {
    const shared = sharedVariance(rounds, valuesOf(A));
    if (!shared) throw new Error("not computed");
    const pairing = 2 * (shared.pairing + shared.variance) - shared.variance;
    const options = { rounds: 3, sd: 0.1, overlap, isShare: true };
    expect(generalOf(over, PAIRS / 2, [{ runs: runsOf(A), weight: 1 }])?.ci95).toEqual(
      generalInterval(over, { ...shared, pairing }, options),
    );
  });

  it("is of the rounds that did not diverge; a difference has none if one diverged", () => {
    const diverged = { epoch: 1, step: 2, what: "loss" } as const;
    const four = [...runsOf(A), { diverged }];
    expect(generalOf(over, PAIRS, [{ runs: four, weight: 1 }])).toEqual(
      generalOf(over, PAIRS, [{ runs: runsOf(A), weight: 1 }]),
    );
    const terms = [
      { runs: four, weight: 1 },
      { runs: [...runsOf(B), { diverged }], weight: -1 },
    ];
    expect(generalOf(over, PAIRS, terms)).toBeUndefined();
  });

  it("is not there for one round, without verdicts, or for networks that were asked about other pairs", () => {
    const [first, ...others] = runsOf(A);
    expect(generalOf(over, PAIRS, [{ runs: [first as object], weight: 1 }])).toBeUndefined();
    expect(
      generalOf(over, PAIRS, [{ runs: [{ ...first, drawn: undefined } as object, ...others], weight: 1 }]),
    ).toBeUndefined();
    const unjudged = { ...first, allTestPairs: { pairs: PAIRS, testError: 0.5 } };
    expect(generalOf(over, PAIRS, [{ runs: [unjudged, ...others], weight: 1 }])).toBeUndefined();
    expect(generalOf(over, PAIRS, [{ runs: [], weight: 1 }])).toBeUndefined();
    const terms = [
      { runs: runsOf(A), weight: 1 },
      { runs: runsOf(B, DRAWN.toReversed()), weight: -1 },
    ];
    expect(generalOf(over, PAIRS, terms)).toBeUndefined();
  });

  it("has no ends if all rounds train on the same images", () => {
    const drawn = DRAWN.map((each) => ({ ...each, trained: Uint32Array.of(7, 8) }));
    const found = generalOf(over, PAIRS, [{ runs: runsOf(A, drawn), weight: 1 }]);
    expect(found).toMatchObject({ ci95: null, trainingOverlap: 1 });
  });
});
