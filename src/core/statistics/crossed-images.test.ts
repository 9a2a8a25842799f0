import { describe, expect, test } from "vitest";
import { crossedWorld } from "../../../bench/simulated-crossed.js";
import { Stream } from "../random/streams.js";
import { crossedDesign } from "./crossed-design.js";
import { crossedImages } from "./crossed-images.js";
import { roundsOfPairs } from "./shared-images.js";
import { varianceComponents } from "./variance-components.js";

/** A few images in pairs: 14 in 7 pairs of each run, the first pair the same in all. */
function fewPairs(runs: number) {
  const stream = new Stream(3, "initialization");
  const pairs = Array.from({ length: runs }, () => [0, 1, ...Array.from(stream.sample(12, 12), (image) => image + 2)]);
  const values = pairs.map((own) => Array.from({ length: own.length / 2 }, () => Number(stream.unit() < 0.4)));
  return { pairs, values };
}

/** By the definition: every pair of one run against every pair of another, related if they have an image in common. */
function covarianceOf(
  { pairs, values }: ReturnType<typeof fewPairs>,
  images: number,
  counts: (one: number, other: number) => boolean,
): number {
  const means = values.map((own) => own.reduce((sum, value) => sum + value, 0) / own.length);
  let [sum, all] = [0, 0];
  for (const [one, first] of pairs.entries())
    for (const [other, second] of pairs.entries()) {
      if (one === other || !counts(one, other)) continue;
      all++;
      for (const [i, a] of (values[one] ?? []).entries())
        for (const [j, b] of (values[other] ?? []).entries()) {
          const of = first.slice(2 * i, 2 * i + 2);
          if (second.slice(2 * j, 2 * j + 2).some((image) => of.includes(image)))
            sum += ((a - (means[one] as number)) / 7) * ((b - (means[other] as number)) / 7);
        }
    }
  return ((sum / all) * images) / (images - 4);
}

test.each([
  [1, 3],
  [2, 4],
  [3, 5],
])("%i factors at %i levels: covariances are those of the definition, over all pairs of pairs", (factors, levels) => {
  const design = crossedDesign(factors, levels);
  const few = fewPairs(design.length);
  const found = crossedImages(roundsOfPairs(few.pairs), few.values, design);
  const shares = (one: number, other: number, factor: number) => design[one]?.[factor] === design[other]?.[factor];
  const every = design[0]?.map((_, factor) => factor) ?? [];
  const all = covarianceOf(few, 14, (one, other) => !every.some((factor) => shares(one, other, factor)));
  expect(found?.all).toBeCloseTo(all, 12);
  expect(found?.factors).toEqual(
    every.map((factor) => expect.closeTo(covarianceOf(few, 14, (one, other) => shares(one, other, factor)) - all, 12)),
  );
  expect(found?.images).toBe(14);
});

const EXPERIMENTS = 200;

// `node dist/bench/variance-coverage.js` has more experiments, other errors and as many images as MNIST.
test("parts of images drawn anew: estimates have no bias, and intervals hold the truth in 90 to 99 of 100 experiments", () => {
  const stream = new Stream(7, "initialization");
  const world = { design: crossedDesign(3, 5), images: 400, error: 0.18, pairs: 200 };
  const { drawn, truth, draw } = crossedWorld(world, () => stream.unit());
  const counted = roundsOfPairs(drawn);
  const parts = [...truth.factors, truth.rest, truth.sampling, truth.images];
  const found = parts.map(() => ({ held: 0, estimates: [] as number[] }));
  for (let seed = 0; seed < EXPERIMENTS; seed++) {
    const runs = draw();
    const images = crossedImages(
      counted,
      runs.map(({ verdicts }) => verdicts),
      runs.map(({ levels }) => levels),
    );
    const {
      factors,
      rest,
      sampling,
      images: ofImages,
    } = varianceComponents(runs, { pairs: 200, images, seed, draws: 400 });
    if (!ofImages) throw new Error("not computed");
    for (const [i, { estimate, variance95 }] of [...factors, rest, sampling, ofImages].entries()) {
      const part = parts[i] as number;
      found[i]?.estimates.push(estimate);
      if (found[i] && variance95[0] <= part && part <= variance95[1]) found[i].held++;
    }
  }
  for (const [i, { held, estimates }] of found.entries()) {
    const center = estimates.reduce((sum, each) => sum + each, 0) / EXPERIMENTS;
    const sd = Math.sqrt(estimates.reduce((sum, each) => sum + (each - center) ** 2, 0) / (EXPERIMENTS - 1));
    expect(Math.abs(center - (parts[i] as number))).toBeLessThan((3.5 * sd) / Math.sqrt(EXPERIMENTS));
    expect(held / EXPERIMENTS).toBeGreaterThanOrEqual(0.9);
  }
});

test("networks that fail on unrelated images have nothing in common by them", () => {
  const stream = new Stream(1, "initialization");
  const design = crossedDesign(2, 5);
  const pairs = design.map(() => stream.sample(600, 600));
  const values = design.map(() => Array.from({ length: 300 }, () => Number(stream.unit() < 0.2)));
  const { all = 1, allSe = 0 } = crossedImages(roundsOfPairs(pairs), values, design) ?? {};
  expect(Math.abs(all)).toBeLessThan(3 * allSe);
  // A thirtieth of what 300 pairs vary by.
  expect(allSe).toBeLessThan((0.2 * 0.8) / 300 / 30);
});

test("what the images give all runs is a part of its own, and comes off the number of pairs", () => {
  const values = crossedDesign(2, 4).map((levels, run) => ({ levels, value: run % 2 ? 0.2 : 0.1 }));
  const images = { all: 0.0003, factors: [0.0002, -0.0001], allSe: 0.0001, sumSe: 0.0001, correlation: 1, images: 200 };
  const without = varianceComponents(values, { seed: 0, draws: 10, pairs: 101 });
  const found = varianceComponents(values, { seed: 0, draws: 1000, pairs: 101, images });
  expect(found.sampling.estimate).toBeCloseTo(without.sampling.estimate - 0.0004, 14);
  expect(found.rest.estimate).toBeCloseTo(without.rest.estimate + 0.0004, 14);
  expect(found.factors.map(({ estimate }) => estimate)).toEqual(without.factors.map(({ estimate }) => estimate));
  expect(found.images?.estimate).toBe(0.0003);
  expect(found.sameImages?.variance).toBeCloseTo(without.total, 14);
  expect(found.total).toBeCloseTo(without.total + 0.0003, 14);
  // Normal, with its standard error: 1.96 of them to each side, of which 1,000 draws miss a tenth.
  const [low = 0, high = 0] = found.images?.variance95 ?? [];
  expect(low / 0.0001).toBeCloseTo(3 - 1.96, 0);
  expect(high / 0.0001).toBeCloseTo(3 + 1.96, 0);
  expect([without.images, without.sameImages]).toEqual([undefined, undefined]);
});

describe("what cannot be used", () => {
  const design = crossedDesign(2, 3);
  const { pairs, values } = fewPairs(9);
  const counted = roundsOfPairs(pairs);

  test("fewer than five images say nothing", () => {
    const two = roundsOfPairs(design.map(() => [0, 1, 2, 3]));
    expect(
      crossedImages(
        two,
        design.map(() => [0, 1]),
        design,
      ),
    ).toBeUndefined();
  });

  test.each<[string, readonly number[][], readonly number[][]]>([
    ["values must be one for each pair of each round", values.slice(1), design],
    ["values must be one for each pair of each round", values.map((own) => own.slice(1)), design],
    ["levels must be those of each round", values, design.slice(1)],
    ["a crossed design needs finite values", values, design.map(() => [0, 1])],
  ])("%s", (message, those, levels) => {
    expect(() => crossedImages(counted, those, levels)).toThrow(message);
  });
});
