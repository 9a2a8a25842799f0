import { describe, expect, it } from "vitest";
import { Stream } from "../random/streams.js";
import { generalInterval, meanOverlap, roundsOfPairs, sharedVariance } from "./shared-images.js";
import { tQuantile } from "./student.js";
import { wilsonInterval } from "./superiority.js";

const stream = new Stream(7, "initialization");

/** Pairs of images drawn at random, some of them several times in a round, and values. */
function drawn(images: number, pairs: number, rounds: number) {
  const images2 = Array.from({ length: rounds }, () =>
    Array.from({ length: pairs }, () => {
      const first = stream.below(images);
      const second = (first + 1 + stream.below(images - 1)) % images;
      return [first, second];
    }).flat(),
  );
  return {
    images: images2,
    values: images2.map((round) => Array.from({ length: round.length / 2 }, () => stream.below(3) - 1)),
  };
}

/** Every two pairs that share an image, looked for one by one: of different rounds, and of the same. */
function byDefinition(images: readonly number[][], values: readonly number[][]): { variance: number; within: number } {
  let [sum, within] = [0, 0];
  const residual = (r: number, pair: number) => {
    const own = values[r] as number[];
    return ((own[pair] as number) - own.reduce((all, value) => all + value, 0) / own.length) / own.length;
  };
  for (let r = 0; r < values.length; r++)
    for (let s = 0; s < values.length; s++)
      for (let p = 0; p < (values[r] as number[]).length; p++)
        for (let q = 0; q < (values[s] as number[]).length; q++) {
          const one = [images[r]?.[2 * p], images[r]?.[2 * p + 1]];
          const other = [images[s]?.[2 * q], images[s]?.[2 * q + 1]];
          if (!one.some((image) => other.includes(image))) continue;
          if (r === s) within += residual(r, p) * residual(s, q);
          else sum += residual(r, p) * residual(s, q);
        }
  const count = new Set(images.flat()).size;
  const variance = (sum / (values.length * (values.length - 1))) * (count / (count - 4));
  return { variance, within: within / values.length };
}

describe("sharedVariance", () => {
  it.each([
    [12, 20, 3],
    [40, 20, 4],
    [8, 30, 2],
  ])(
    "is the mean product of residuals of pairs in two rounds that share an image (%d images, %d pairs)",
    (n, pairs, rounds) => {
      let positive = 0;
      for (let repetition = 0; repetition < 20; repetition++) {
        const { images, values } = drawn(n, pairs, rounds);
        const found = sharedVariance(roundsOfPairs(images), values);
        const expected = byDefinition(images, values);
        expect(found?.variance).toBeCloseTo(Math.max(expected.variance, 0), 12);
        expect(found?.pairing).toBeCloseTo(Math.max(expected.within - expected.variance, 0), 12);
        if (expected.variance > 0) positive++;
      }
      expect(positive).toBeGreaterThan(2);
    },
  );

  it("counts a pair in either order, and numbers of any size, as the same", () => {
    const images = [
      [5, 9, 1, 7, 2, 3],
      [9, 5, 2, 1, 7, 3],
    ];
    const values = [
      [1, 0, 0],
      [1, 1, 0],
    ];
    const found = sharedVariance(roundsOfPairs(images), values)?.variance;
    expect(found).toBeCloseTo(Math.max(byDefinition(images, values).variance, 0), 12);
    const large = images.map((round) => round.map((image) => image * 6_000_000));
    expect(sharedVariance(roundsOfPairs(large), values)?.variance).toBe(found);
  });

  it("counts a pair of a class with itself once for the class", () => {
    // Both rounds have the same pair of class 0: one product, 1/4 · 1/4, and that of the others, which share class 1.
    const images = [
      [0, 0, 1, 2],
      [0, 0, 1, 3],
    ];
    const values = [
      [1, 0],
      [1, 0],
    ];
    expect(sharedVariance(roundsOfPairs([...images]), values)).toBeUndefined();
    const more = [
      [0, 0, 1, 2, 5, 6],
      [0, 0, 1, 3, 7, 8],
    ];
    const found = sharedVariance(roundsOfPairs(more), [
      [1, 0, 0],
      [1, 0, 0],
    ]);
    // Residuals 2/3 and −1/3, each over 3 pairs, 8 images: ((2/9)² + (1/9)²) · 8/4.
    expect(found?.variance).toBeCloseTo(2 * ((2 / 9) ** 2 + (1 / 9) ** 2), 12);
  });

  it("is 0 where rounds have nothing in common, and unknown for one round or fewer than five images", () => {
    const apart = [
      [0, 1, 2, 3],
      [4, 5, 6, 7],
    ];
    const values = [
      [1, 0],
      [0, 1],
    ];
    expect(sharedVariance(roundsOfPairs(apart), values)?.variance).toBe(0);
    expect(sharedVariance(roundsOfPairs([[0, 1, 2, 3, 4, 5]]), [[1, 0, 1]])).toBeUndefined();
    expect(
      sharedVariance(
        roundsOfPairs([
          [0, 1, 2, 3],
          [0, 2, 1, 3],
        ]),
        values,
      ),
    ).toBeUndefined();
  });

  it("has as many degrees of freedom as images decide it: Satterthwaite's", () => {
    // Of six images in the same three pairs of two rounds, one pair is always wrong.
    const images = [
      [0, 1, 2, 3, 4, 5],
      [0, 1, 2, 3, 4, 5],
    ];
    const values = [
      [1, 0, 0],
      [1, 0, 0],
    ];
    // Residuals (2, −1, −1)/9; an image contributes twice the square: 8, 2, 2 in 81ths, for both images of a pair.
    const [sum, spread] = [24, 2 * (4 ** 2 + 2 ** 2 + 2 ** 2)];
    const found = sharedVariance(roundsOfPairs(images), values);
    expect(found?.degrees).toBe(Math.min(Math.floor((2 * sum ** 2) / spread), 5));
    // Each product is counted once: 4 + 1 + 1 in 81ths, times 6/2.
    expect(found?.variance).toBeCloseTo((6 / 81) * 3, 12);
  });

  it("refuses what is not of these pairs", () => {
    const pairs = roundsOfPairs([[0, 1, 2, 3]]);
    expect(() => sharedVariance(pairs, [[1]])).toThrow("values must be one for each pair of each round");
    expect(() => roundsOfPairs([[0, 1, 2]])).toThrow("rounds[0] must hold two numbers a pair, not 3");
  });
});

describe("generalInterval", () => {
  const images = { variance: 0.0004, pairing: 0.0003, degrees: 200, images: 1000 };
  const t = tQuantile(0.975, 200);

  it("adds the squares of the distances on each side", () => {
    const [low, high] = generalInterval({ mean: 0.1, ci95: [0.07, 0.14] }, images, { rounds: 10 }) ?? [];
    expect(low).toBeCloseTo(0.1 - Math.hypot(0.03, t * 0.02), 12);
    expect(high).toBeCloseTo(0.1 + Math.hypot(0.04, t * 0.02), 12);
  });

  it("has Wilson's distances for an error, and stays within 0 and 1", () => {
    const pairs = (0.1 * 0.9) / 0.0004;
    const center = (0.1 + t ** 2 / (2 * pairs)) / (1 + t ** 2 / pairs);
    const half = (t / (1 + t ** 2 / pairs)) * Math.sqrt((0.1 * 0.9) / pairs + t ** 2 / (4 * pairs ** 2));
    const over = { mean: 0.1, ci95: [0.07, 0.14] } as const;
    const [low, high] = generalInterval(over, images, { rounds: 10, isShare: true }) ?? [];
    expect(low).toBeCloseTo(0.1 - Math.hypot(0.03, 0.1 - (center - half)), 12);
    expect(high).toBeCloseTo(0.1 + Math.hypot(0.04, center + half - 0.1), 12);
    const wide = { mean: 0.01, ci95: [0, 0.5] } as const;
    const far = { ...images, variance: 0.2 };
    expect(generalInterval(wide, far, { rounds: 3, isShare: true })?.[0]).toBe(0);
  });

  it("counts images as independent pairs where no pair is wrong", () => {
    const over = { mean: 0, ci95: [0, 0.0001] } as const;
    const [low, high] =
      generalInterval(over, { variance: 0, pairing: 0, degrees: 9, images: 1001 }, { rounds: 10, isShare: true }) ?? [];
    expect(low).toBe(0);
    expect(high).toBeCloseTo(Math.hypot(0.0001, wilsonInterval(0, 500)[1]), 12);
  });

  it("multiplies the variance of rounds by Nadeau and Bengio's factor, and ends with rounds that train on the same images", () => {
    const over = { mean: 0.1, ci95: [0.08, 0.12] } as const;
    const none = { ...images, variance: 0 };
    const [low] = generalInterval(over, none, { rounds: 10, overlap: 0.2 }) ?? [];
    // s² (1/R + ρ/(1 − ρ)) in place of s²/R.
    expect(low).toBeCloseTo(0.1 - 0.02 * Math.sqrt((0.1 + 0.25) / 0.1), 12);
    // Of the variance of rounds, 0.0012, a quarter comes from which images meet.
    const [of] = generalInterval(over, none, { rounds: 10, overlap: 0.2, sd: Math.sqrt(0.0012) }) ?? [];
    expect(of).toBeCloseTo(0.1 - 0.02 * Math.sqrt((0.1 + 0.75 * 0.25) / 0.1), 12);
    const [all] = generalInterval(over, none, { rounds: 10, overlap: 0.2, sd: 0.01 }) ?? [];
    expect(all).toBeCloseTo(0.08, 12);
    expect(generalInterval(over, none, { rounds: 10, overlap: 1 })).toBeUndefined();
    expect(generalInterval({ mean: 0.1, ci95: null }, none, { rounds: 1 })).toBeUndefined();
  });
});

it("the mean overlap is that of all two sets", () => {
  const sets = [
    [0, 1, 2, 3],
    [2, 3, 4, 5],
    [3, 5, 6, 7],
  ];
  // 2, 1 and 2 images in common, of 4.
  expect(meanOverlap(sets)).toBeCloseTo((2 + 1 + 2) / 3 / 4, 12);
  expect(meanOverlap([[1, 2]])).toBe(0);
  expect(meanOverlap([])).toBe(0);
});
