import { Adam, type Architecture, Kernels, Model, mean, type Pairs, pixelScale } from "pairlab";
import { loadKernels, type Simd } from "pairlab/node";
import { print, table } from "./tables.js";
import { inputOfPairs, SEED } from "./task.js";
import { type Share, timed, timingCost } from "./timed-kernels.js";

const PHASES = [
  { phase: "step", title: "a training step", warmUp: 60, counted: 200 },
  { phase: "evaluate", title: "an evaluation of all pairs", warmUp: 3, counted: 10 },
] as const;

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
export function printProfile(architecture: Architecture, simd: Simd, train: Pairs): void {
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
  const [top, cost] = [ceiling(new Kernels(module)), timingCost()];
  print(`${architecture.name}, ${simd} SIMD; the matrix product in the first-level cache: ${top.toFixed(1)} GFLOP/s`);
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

/** The best GFLOP/s of the matrix product on operands that stay in the first-level cache. */
function ceiling(kernels: Kernels): number {
  const [side, repeats] = [48, 200];
  const row = (side + 4) * 4;
  const matrix = () => kernels.allocate(side * (side + 4));
  const [x, weights, y] = [matrix(), matrix(), matrix()];
  const rates = Array.from({ length: 40 }, () => {
    const started = performance.now();
    for (let i = 0; i < repeats; i++)
      kernels.run.gemm(side, side / 8, side, x, row, 4, weights, side * 32, 32, weights, 0, 0, y, row, 32);
    return (repeats * 2 * side ** 3) / (performance.now() - started) / 1e6;
  });
  return Math.max(...rates);
}
