import { Adam, type Architecture, Kernels, Model, mean, type Pairs, pixelScale } from "pairlab";
import { loadKernels, type Simd } from "pairlab/node";
import { vectorRate } from "./ceilings.js";
import { print, table } from "./tables.js";
import { inputOfPairs, SEED } from "./task.js";
import { type Share, timed, timingCost } from "./timed-kernels.js";

const PHASES = [
  { phase: "step", title: "a training step", warmUp: 60, counted: 200 },
  { phase: "evaluate", title: "an evaluation of all pairs", warmUp: 3, counted: 10 },
] as const;

/** What a multiply-add is in each build. */
const BUILT_OF = { base: "a multiplication and an addition", fused: "a fused multiply-add" } as const;

/** The share of a kernel in a step. */
interface ProfileRow {
  readonly kernel: string;
  readonly calls: number;
  readonly milliseconds: number;
  /** GFLOP/s of arithmetic; NaN where there is hardly any. */
  readonly gigaflops: number;
}

/**
 * Prints where the time of a training step and of an evaluation goes. One instance of the kernels is timed call by call;
 * the whole is that of another, which takes turns with it and is not.
 */
export async function printProfile(architecture: Architecture, simd: Simd, train: Pairs): Promise<void> {
  const module = loadKernels(simd);
  const shares = new Map<string, Share>();
  const [whole, observed] = [new Kernels(module), new Kernels(module, (run) => timed(run, shares))].map((kernels) => {
    const { batchSize, dropout, learningRate } = architecture;
    const model = new Model(kernels, architecture, inputOfPairs(train), { batchSize, dropout });
    const adam = new Adam(kernels, model.tensors);
    const pairs = model.load(train, pixelScale(train));
    model.initialize(SEED);
    let at = 0;
    const step = () => {
      const first = at;
      model.gradient(
        pairs,
        Array.from({ length: batchSize }, (_, i) => (first + i) % pairs.count),
      );
      adam.step(learningRate);
      at += batchSize;
    };
    return { step, evaluate: () => model.evaluate(pairs) };
  });
  if (!whole || !observed) return;
  const cost = timingCost();
  const [vectors, top] = ceilings([await vectorRate(simd), productRate(new Kernels(module))]);
  print(`${architecture.name}, ${simd} SIMD`);
  print(`vectors of 128 bits, ${BUILT_OF[simd]}, in registers: ${vectors.toFixed(1)} GFLOP/s`);
  print(
    `the matrix product in the first-level cache: ${top.toFixed(1)} GFLOP/s, ${Math.round((100 * top) / vectors)}% of these`,
  );
  for (const { phase, title, warmUp, counted } of PHASES) {
    for (let i = 0; i < warmUp; i++) for (const model of [whole, observed]) model[phase]();
    shares.clear();
    const times: number[] = [];
    for (let i = 0; i < counted; i++) {
      const started = performance.now();
      whole[phase]();
      times.push(performance.now() - started);
      observed[phase]();
    }
    const rows = [...shares].map(([kernel, { milliseconds, calls, operations }]): ProfileRow => {
      const own = milliseconds - calls * cost;
      const gigaflops = operations > 0 ? operations / own / 1e6 : Number.NaN;
      return { kernel, calls: calls / counted, milliseconds: own / counted, gigaflops };
    });
    print(
      `\n${title.replace("all", train.count.toLocaleString("en"))}: ${mean(times).toFixed(3)} ms, mean of ${counted}`,
    );
    print(profileTable(rows, mean(times), top));
  }
}

/** A profile, the longest first; `top` is the ceiling in GFLOP/s. */
function profileTable(profile: readonly ProfileRow[], whole: number, top: number): string {
  const percent = (part: number) => `${(100 * part).toFixed(1)}%`;
  const sorted = profile.toSorted((a, b) => b.milliseconds - a.milliseconds);
  const rows = sorted.map(({ kernel, calls, milliseconds, gigaflops }) => [
    kernel,
    calls.toFixed(0),
    milliseconds.toFixed(3),
    percent(milliseconds / whole),
    ...(Number.isNaN(gigaflops) ? ["", ""] : [gigaflops.toFixed(1), percent(gigaflops / top)]),
  ]);
  const outside = Math.max(0, whole - profile.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
  rows.push(["outside of the kernels", "", outside.toFixed(3), percent(outside / whole), "", ""]);
  const named = "kernel, rows · depth · columns";
  return table([named, "calls", "ms", "share", "GFLOP/s", "of ceiling"], rows, [named]);
}

/** The turns of the ceilings: about two seconds, because the machine is not always at its fastest. */
const TURNS = 400;

/** The best of each rate. They take turns, so that a slow moment of the machine is one for both. */
function ceilings(rates: readonly [() => number, () => number]): [number, number] {
  const best: [number, number] = [0, 0];
  for (let turn = 0; turn < TURNS; turn++) {
    best[0] = Math.max(best[0], rates[0]());
    best[1] = Math.max(best[1], rates[1]());
  }
  return best;
}

/** Makes a measurement of the matrix product's GFLOP/s on operands that stay in the first-level cache. */
function productRate(kernels: Kernels): () => number {
  const [side, repeats] = [48, 400];
  const row = (side + 4) * 4;
  const matrix = () => kernels.allocate(side * (side + 4));
  const [x, weights, y] = [matrix(), matrix(), matrix()];
  return () => {
    const started = performance.now();
    for (let i = 0; i < repeats; i++)
      kernels.run.gemm(side, side / 8, side, x, row, 4, weights, side * 32, 32, weights, 0, 0, y, row, 32);
    return (repeats * 2 * side ** 3) / (performance.now() - started) / 1e6;
  };
}
