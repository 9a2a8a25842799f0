/**
 * How often the 95% intervals of variance components hold the true ones: of a factor's variance, of its share, and of the rest's share, by how
 * the design is crossed and what is measured.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/variance-coverage.js
 */
import { crossedDesign, Stream, varianceComponents } from "pairlab";
import { binomialError, exponential, normal, type Uniform } from "./simulated-rounds.js";
import { print } from "./tables.js";

const EXPERIMENTS = 1000;
const DRAWS = 1000;
const PAIRS = 1000;

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

for (const levels of [5, 9])
  for (const world of WORLDS) {
    const stream = new Stream(levels, "initialization");
    const next = () => stream.unit();
    const parts = [...world.factors, world.rest].map((sd) => (sd / 100) ** 2);
    const sampling = world.error === undefined ? 0 : (world.error * (1 - world.error)) / PAIRS;
    const truth = [...parts, sampling];
    const total = truth.reduce((sum, part) => sum + part, 0);
    const held = { variance: truth.map(() => 0), share: truth.map(() => 0) };
    const width = truth.map(() => 0);
    const between = ([low, high]: readonly [number, number], value: number) => low <= value && value <= high;
    for (let experiment = 0; experiment < EXPERIMENTS; experiment++) {
      const { factors, rest, sampling: ofPairs } = simulate(world, levels, next, experiment);
      for (const [part, { variance95, share95 }] of [...factors, rest, ofPairs].entries()) {
        const is = truth[part] as number;
        held.variance[part] = (held.variance[part] ?? 0) + Number(between(variance95, is));
        held.share[part] = (held.share[part] ?? 0) + Number(between(share95, is / total));
        width[part] = (width[part] ?? 0) + (share95[1] - share95[0]) / EXPERIMENTS;
      }
    }
    const percent = (count: number) => `${((100 * count) / EXPERIMENTS).toFixed(1)}%`;
    const said = truth.map(
      (part, i) =>
        `${((100 * part) / total).toFixed(0)}%: ${percent(held.variance[i] ?? 0)}, ${percent(held.share[i] ?? 0)}, width ${(100 * (width[i] ?? 0)).toFixed(0)}`,
    );
    print(`${levels} levels, ${world.name}; true share: variance, share held: ${said.join(" | ")}`);
  }
