/**
 * How often 95% intervals hold the error about digits in general, with real networks. MNIST's 70,000 images are dealt out by chance. Networks
 * train in 30 rounds on pairs of 10,000 of them, and each is measured on 30 test sets of 2,000 others. The truth is the mean over all
 * of these sets and over three such choices of training images.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/general-networks.js FILE
 *
 * FILE keeps the verdicts: the same command goes on where it was stopped.
 */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import {
  evaluateRun,
  type Interval,
  inputOf,
  Kernels,
  makeJob,
  meanOverlap,
  roundsOfPairs,
  runJob,
  Stream,
} from "pairlab";
import { engineIdentity, loadDataset, loadKernels } from "pairlab/node";
import { z } from "zod";
import { bothIntervals } from "./both-intervals.js";
import { meanOf } from "./simulated-images.js";
import { print } from "./tables.js";

const NETWORKS = ["mlp", "weight-sharing-auxiliary", "one-by-one"];
const [POOLS, POOL] = [3, 10_000];
const [SETS, SET] = [30, 2000];
const PAIRS = SET / 2;
const ROUNDS = 30;
/** How many rounds an experiment has: one of 30 rounds, or three of 10. */
const SOME_ROUNDS = [5, 10, ROUNDS];

/** A network's verdicts in a round, on each test set: bits, base64. */
const VERDICTS = z.object({ name: z.string(), pool: z.number(), round: z.number(), bits: z.array(z.string()) });
type Verdicts = z.infer<typeof VERDICTS>;

const [file] = process.argv.slice(2);
if (!file) throw new Error("usage: node dist/bench/general-networks.js FILE, which keeps the verdicts");
const kept = new Map<string, Verdicts>();
const keyOf = ({ name, pool, round }: Omit<Verdicts, "bits">): string => `${name} ${pool} ${round}`;
if (existsSync(file))
  for (const line of readFileSync(file, "utf8").split("\n"))
    if (line) {
      const verdicts = VERDICTS.parse(JSON.parse(line));
      kept.set(keyOf(verdicts), verdicts);
    }

const { train, test, identity } = await loadDataset();
const all = train.count + test.count;
const order = new Stream(1, "initialization").sample(all, all);
const kernels = new Kernels(loadKernels());
const seedOf = (pool: number, round: number): number => 1000 * pool + round;

/** So many images, from a place in the order on, and around its end. */
function dealt(from: number, count: number): typeof train {
  const size = train.height * train.width;
  const pixels = new Uint8Array(count * size);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const image = order[(from + i) % all] as number;
    const [set, place] = image < train.count ? [train, image] : [test, image - train.count];
    pixels.set(set.pixels.subarray(place * size, (place + 1) * size), i * size);
    labels[i] = set.labels[place] as number;
  }
  return { ...train, count, pixels, labels };
}

for (const name of NETWORKS)
  for (let pool = 0; pool < POOLS; pool++) {
    const missing = Array.from({ length: ROUNDS }, (_, round) => round).filter(
      (round) => !kept.has(keyOf({ name, pool, round })),
    );
    if (missing.length === 0) continue;
    const own = dealt(pool * POOL, POOL);
    const sets = Array.from({ length: SETS }, (_, set) => ({
      train: own,
      test: dealt((pool + 1) * POOL + set * SET, SET),
    }));
    const shaped = { ...identity, shape: inputOf(train) };
    for (const round of missing) {
      const settings = { evaluate: "end", testPairs: PAIRS } as const;
      const job = makeJob(name, seedOf(pool, round), shaped, engineIdentity("base"), settings);
      const steps = runJob(job, sets[0] as (typeof sets)[number], kernels, () => 0);
      let step = steps.next();
      while (!step.done) step = steps.next();
      const run = step.value;
      const bits = sets.map((images) =>
        Buffer.from(evaluateRun(run, images, kernels, PAIRS).wrong ?? []).toString("base64"),
      );
      const verdicts = { name, pool, round, bits };
      kept.set(keyOf(verdicts), verdicts);
      appendFileSync(file, `${JSON.stringify(verdicts)}\n`);
    }
  }

/** Of each pair, 1 if it is decided wrong. */
function wrongOf(name: string, pool: number, round: number, set: number): Float64Array {
  const bits = Buffer.from(kept.get(keyOf({ name, pool, round }))?.bits[set] ?? "", "base64");
  return Float64Array.from({ length: PAIRS }, (_, pair) => ((bits[pair >> 3] as number) >> (pair % 8)) & 1);
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
const holds = ([low, high]: Interval, truth: number): number => Number(low <= truth && truth <= high);

/** How often intervals of some values over rounds hold their mean over everything. */
function report(
  title: string,
  isShare: boolean,
  valuesOf: (pool: number, round: number, set: number) => Float64Array,
): void {
  const values = Array.from({ length: POOLS }, (_, pool) =>
    Array.from({ length: ROUNDS }, (_, round) => Array.from({ length: SETS }, (_, set) => valuesOf(pool, round, set))),
  );
  const truth = meanOf(values.flat(2).map(meanOf));
  for (const rounds of SOME_ROUNDS) {
    const held = [0, 0];
    let experiments = 0;
    for (let pool = 0; pool < POOLS; pool++)
      for (let first = 0; first < ROUNDS; first += rounds) {
        const seeds = Array.from({ length: rounds }, (_, round) => seedOf(pool, first + round));
        const counted = roundsOfPairs(seeds.map((seed) => new Stream(seed, "test pairs").sample(SET, SET)));
        const overlap = meanOverlap(seeds.map((seed) => new Stream(seed, "training pairs").sample(2000, POOL)));
        for (let set = 0; set < SETS; set++) {
          const own = seeds.map((_, round) => values[pool]?.[first + round]?.[set] as Float64Array);
          const found = bothIntervals({ rounds, counted }, own, { isShare, overlap }, set);
          if (!found) continue;
          [found.these, found.general].forEach((interval, i) => {
            held[i] = (held[i] as number) + holds(interval, truth);
          });
          experiments++;
        }
      }
    if (experiments === 0) continue;
    const [these, general] = held.map((count) => percent(count / experiments));
    print(
      `${title}, ${(100 * truth).toFixed(2)} points, ${rounds} rounds, ${experiments} experiments: these images ${these}, in general ${general}`,
    );
  }
}

for (const name of NETWORKS) report(name, true, (pool, round, set) => wrongOf(name, pool, round, set));
const [, second, third] = NETWORKS as [string, string, string];
report(`${second} − ${third}`, false, (pool, round, set) => {
  const other = wrongOf(third, pool, round, set);
  return wrongOf(second, pool, round, set).map((value, pair) => value - (other[pair] as number));
});
