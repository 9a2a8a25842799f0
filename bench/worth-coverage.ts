/**
 * How often the interval of a hint's factor holds it, on made-up learning curves of a known factor of 5: for rounds, and for tunings that
 * are rounds of their own, taken together (as `worth --tuned` does) or as if every round were independent.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/worth-coverage.js
 */
import { Stream } from "pairlab";
import { normal, type Uniform } from "./simulated-rounds.js";
import { print, table } from "./tables.js";

type Factor = typeof import("../src/core/experiments/worth/data-factor.js");
const { dataFactor, leastError }: Factor = await import(
  new URL("../core/experiments/worth/data-factor.js", import.meta.url).href
);

const SIZES = [250, 500, 1000, 2500, 7500];
const TEST_PAIRS = 5000;
const TRUTH = 5;
const EXPERIMENTS = 4000;

/** An error of one run: the network's own, measured on so many pairs. */
function measured(error: number, next: Uniform): number {
  const sd = Math.sqrt((error * (1 - error)) / TEST_PAIRS);
  return Math.max(0, Math.round(TEST_PAIRS * (error + sd * normal(next))) / TEST_PAIRS);
}

/** A way to make the errors of a network at a size, and how many values it makes. */
interface Design {
  readonly name: string;
  readonly values: number;
  readonly errors: (error: number, next: Uniform) => number[];
}

const rounds = (n: number, spread: number): Design => ({
  name: `${n} rounds, ${Math.round(100 * spread)}% apart`,
  values: n,
  errors: (error, next) => Array.from({ length: n }, () => measured(error * Math.exp(spread * normal(next)), next)),
});

/** Tunings by chance better or worse, with two rounds each. */
function tunings(n: number, between: number, within: number, together: boolean): Design {
  const ofOne = (error: number, next: Uniform): number[] => {
    const chosen = error * Math.exp(between * normal(next));
    return [0, 1].map(() => measured(chosen * Math.exp(within * normal(next)), next));
  };
  const shares = `${Math.round(100 * between)}% and ${Math.round(100 * within)}% apart`;
  return {
    name: `${n} tunings of 2 rounds, ${shares}, ${together ? "a tuning one value" : "a round one value"}`,
    values: together ? n : 2 * n,
    errors: (error, next) =>
      Array.from({ length: n }, () => ofOne(error, next)).flatMap((each) =>
        together ? [each.reduce((sum, value) => sum + value / 2, 0)] : each,
      ),
  };
}

const DESIGNS = [
  ...[0.03, 0.08, 0.2].flatMap((spread) => [3, 5, 6, 10, 30].map((n) => rounds(n, spread))),
  ...[true, false].flatMap((together) => [tunings(6, 0.08, 0.05, together), tunings(6, 0.2, 0.05, together)]),
];

const rows = DESIGNS.map((design) => {
  const stream = new Stream(1, "initialization");
  const next = () => stream.unit();
  const curve = (advantage: number) => ({
    pairs: SIZES,
    errors: SIZES.map((pairs) => design.errors(0.9 * (advantage * pairs) ** -0.35, next)),
  });
  let [held, open] = [0, 0];
  const widths: number[] = [];
  for (let i = 0; i < EXPERIMENTS; i++) {
    const { ci95 } = dataFactor(curve(TRUTH), curve(1), 1000, leastError(design.values, TEST_PAIRS));
    const [low, high] = ci95 ?? [null, null];
    held += Number((low ?? 0) <= TRUTH && TRUTH <= (high ?? Number.POSITIVE_INFINITY));
    open += Number(low === null || high === null);
    if (low !== null && high !== null) widths.push(high / low);
  }
  const middle = widths.toSorted((a, b) => a - b)[widths.length >> 1];
  const percent = (part: number) => `${((100 * part) / EXPERIMENTS).toFixed(1)}%`;
  return [design.name, percent(held), percent(open), middle === undefined ? "–" : `${middle.toFixed(2)}×`];
});
print(
  table(["what is measured", "interval holds 5×", "an end is open", "upper / lower end, median"], rows, [
    "what is measured",
  ]),
);
