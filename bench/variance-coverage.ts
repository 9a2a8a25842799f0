/**
 * How often the 95% intervals of variance components hold the true ones: of a factor's variance, of its share, and of the rest's share, by how
 * the design is crossed and what is measured; and of what runs have in common by their test images.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/variance-coverage.js
 */
import {
  crossedDesign,
  crossedImages,
  roundsOfPairs,
  Stream,
  type VarianceComponent,
  varianceComponents,
} from "pairlab";
import { crossedWorld } from "./simulated-crossed.js";
import { binomialError, exponential, normal, type Uniform } from "./simulated-rounds.js";
import { print } from "./tables.js";

const EXPERIMENTS = 1000;
const DRAWS = 1000;
const PAIRS = 1000;
/** Test images, in all their disjoint pairs or in some. */
const IMAGE_SETS = [
  { images: 2000, pairs: 1000, experiments: 300 },
  { images: 10_000, pairs: 1000, experiments: 100 },
];

/** Standard deviations of effects, in points. */
interface World {
  readonly name: string;
  readonly factors: readonly number[];
  readonly rest: number;
  /** The mean error, where errors are measured on pairs; normal values without. */
  readonly error?: number;
  readonly longTail?: true;
}

const WORLDS: readonly World[] = [
  { name: "normal values", factors: [1, 0.3, 0.3], rest: 0.8 },
  { name: "normal values, equal parts", factors: [1, 1, 1], rest: 1 },
  { name: "normal values, only a rest", factors: [0, 0, 0], rest: 1 },
  { name: "errors of 18%", factors: [1.2, 0.3, 0.2], rest: 0.9, error: 0.18 },
  { name: "errors of 3%", factors: [0.3, 0.1, 0], rest: 0.2, error: 0.03 },
  { name: "errors of 0.7%", factors: [0.1, 0.05, 0], rest: 0.1, error: 0.007 },
  { name: "errors of 18%, a long tail", factors: [1.2, 0.3, 0.2], rest: 0.9, error: 0.18, longTail: true },
];

/** An effect with mean 0 and standard deviation 1. */
const effect = (next: Uniform, longTail = false): number => (longTail ? exponential(next) - 1 : normal(next));

function simulate({ factors, rest, error, longTail }: World, levels: number, next: Uniform, seed: number) {
  const effects = factors.map((sd) => Array.from({ length: levels }, () => (sd / 100) * effect(next, longTail)));
  const values = crossedDesign(factors.length, levels).map((at) => {
    const own = at.reduce(
      (sum, level, factor) => sum + (effects[factor]?.[level] ?? 0),
      (rest / 100) * effect(next, longTail),
    );
    if (error === undefined) return { levels: at, value: own };
    return { levels: at, value: binomialError(next, Math.min(0.9, Math.max(1e-4, error + own)), PAIRS) };
  });
  return varianceComponents(values, { seed, draws: DRAWS, ...(error !== undefined && { pairs: PAIRS }) });
}

/** Counts how often intervals hold a true variance and its share of the whole. */
function tally(truth: readonly number[], total: number) {
  const held = { variance: truth.map(() => 0), share: truth.map(() => 0) };
  const [width, sum] = [truth.map(() => 0), truth.map(() => 0)];
  const holds = ([low, high]: readonly [number, number], value: number) => Number(low <= value && value <= high);
  let experiments = 0;
  return {
    add(parts: readonly VarianceComponent[]): void {
      experiments++;
      for (const [part, { estimate, variance95, share95 }] of parts.entries()) {
        const is = truth[part] as number;
        held.variance[part] = (held.variance[part] ?? 0) + holds(variance95, is);
        held.share[part] = (held.share[part] ?? 0) + holds(share95, is / total);
        width[part] = (width[part] ?? 0) + (share95[1] - share95[0]);
        sum[part] = (sum[part] ?? 0) + estimate;
      }
    },
    said(): string[] {
      const percent = (count: number) => `${((100 * count) / experiments).toFixed(1)}%`;
      return truth.map(
        (part, i) =>
          `${((100 * part) / total).toFixed(0)}%: ${percent(held.variance[i] ?? 0)}, ${percent(held.share[i] ?? 0)}, width ${((100 * (width[i] ?? 0)) / experiments).toFixed(0)}, mean estimate ${((100 * (sum[i] ?? 0)) / experiments / total).toFixed(1)}%`,
      );
    },
  };
}

for (const levels of [5, 9])
  for (const world of WORLDS) {
    const stream = new Stream(levels, "initialization");
    const next = () => stream.unit();
    const parts = [...world.factors, world.rest].map((sd) => (sd / 100) ** 2);
    const sampling = world.error === undefined ? 0 : (world.error * (1 - world.error)) / PAIRS;
    const truth = [...parts, sampling];
    const counts = tally(
      truth,
      truth.reduce((sum, part) => sum + part, 0),
    );
    for (let experiment = 0; experiment < EXPERIMENTS; experiment++) {
      const { factors, rest, sampling: ofPairs } = simulate(world, levels, next, experiment);
      counts.add([...factors, rest, ofPairs]);
    }
    print(`${levels} levels, ${world.name}; true share: variance, share held: ${counts.said().join(" | ")}`);
  }

/** Runs that share their test images: three sources, the rest, the number of pairs, the images. */
for (const { images, pairs, experiments } of IMAGE_SETS)
  for (const levels of [5, 9])
    for (const error of [0.18, 0.03, 0.007]) {
      const stream = new Stream(levels, "initialization");
      const design = crossedDesign(3, levels);
      const { drawn, truth, draw } = crossedWorld({ design, images, error, pairs }, () => stream.unit());
      const counted = roundsOfPairs(drawn);
      const here = [...truth.factors, truth.rest, truth.sampling];
      const onThese = here.reduce((sum, part) => sum + part, 0);
      const counts = tally([...here, truth.images], onThese + truth.images);
      const ignored = tally([truth.rest], onThese);
      for (let seed = 0; seed < experiments; seed++) {
        const runs = draw();
        const shared = crossedImages(
          counted,
          runs.map(({ verdicts }) => verdicts),
          runs.map((run) => run.levels),
        );
        const found = varianceComponents(runs, { pairs, images: shared, seed, draws: DRAWS });
        counts.add([...found.factors, found.rest, found.sampling, found.images as VarianceComponent]);
        ignored.add([varianceComponents(runs, { pairs, seed, draws: DRAWS }).rest]);
      }
      print(
        `${images} images, ${pairs} pairs, ${levels} levels, errors of ${(100 * error).toFixed(1)}%; ${counts.said().join(" | ")}; the rest where images are ignored ${ignored.said()[0]}`,
      );
    }
