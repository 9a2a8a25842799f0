import Table from "cli-table3";
import { Adam, findArchitecture, Kernels, Model, median, pixelScale, samplePairSet } from "pairlab";
import { loadDataset, loadKernels, type Simd } from "pairlab/node";

const WARM_UP = 60;
const STEPS = 200;
const PAIRS = 1000;

interface Known {
  /** The shape of a call, by which calls of one kernel are told apart: rows · depth · columns. */
  shape(...call: number[]): string;
  /** Floating-point operations of a call. */
  operations(memory: Int32Array, ...call: number[]): number;
}

/** The kernels whose time is arithmetic. */
const PRODUCTS: Readonly<Record<string, Known>> = {
  gemm: {
    shape: (rows, panels = 0, depth) => `${rows} · ${depth} · ${8 * panels}`,
    operations: (_memory, rows = 0, panels = 0, depth = 0) => 2 * wholeTiles(rows) * 8 * panels * depth,
  },
  convolve: {
    shape: (_image, _offsets, rows, panels = 0, height = 0, run = 0) => `${rows} · ${height * run} · ${8 * panels}`,
    operations: (_memory, _image, _offsets, rows = 0, panels = 0, height = 0, run = 0) =>
      2 * wholeTiles(rows) * 8 * panels * height * run,
  },
  sparseGemm: {
    shape: (rows, tiles = 0) => `${rows} · lists · ${28 * tiles}`,
    operations: (memory, rows = 0, tiles = 0, _lists, _listBytes, counts = 0) =>
      2 * 28 * tiles * memory.subarray(counts / 4, counts / 4 + rows).reduce((sum, count) => sum + count, 0),
  },
};
const wholeTiles = (rows: number): number => Math.ceil(rows / 4) * 4;

interface Share {
  milliseconds: number;
  calls: number;
  operations: number;
}

type Calls = Map<string, Share>;
type Kernel = (...call: number[]) => unknown;

/** Kernels that note how long each call takes. */
function timed<T extends object>(run: T, calls: Calls): T {
  const { memory } = run as { memory?: { buffer: ArrayBuffer } };
  const wrapped = Object.entries(run).map(([name, exported]) => {
    if (typeof exported !== "function") return [name, exported];
    const kernel = exported as Kernel;
    const known = PRODUCTS[name];
    const note = (milliseconds: number, call: number[]) => {
      const key = known ? `${name} ${known.shape(...call)}` : name;
      const share = calls.get(key) ?? { milliseconds: 0, calls: 0, operations: 0 };
      share.milliseconds += milliseconds;
      share.calls++;
      if (known && memory) share.operations += known.operations(new Int32Array(memory.buffer), ...call);
      calls.set(key, share);
    };
    const observed = (...call: number[]) => {
      const started = performance.now();
      const result = kernel(...call);
      note(performance.now() - started, call);
      return result;
    };
    return [name, observed];
  });
  return Object.fromEntries(wrapped) as T;
}

/** Milliseconds that timing itself adds to a call. */
function timingCost(): number {
  const calls: Calls = new Map();
  const { nothing } = timed({ nothing: () => undefined }, calls);
  for (let i = 0; i < 200_000; i++) nothing();
  const { milliseconds, calls: count } = calls.get("nothing") as Share;
  return milliseconds / count;
}

/** The best GFLOP/s of the matrix product on operands that stay in the first-level cache. */
function ceiling(simd: Simd): number {
  const kernels = new Kernels(loadKernels(simd));
  const side = 48;
  const [a, b, c] = [0, 0, 0].map(() => kernels.allocate(side * (side + 4)));
  const [x, w, y] = [a as number, b as number, c as number];
  const row = (side + 4) * 4;
  const rates = Array.from({ length: 40 }, () => {
    const started = performance.now();
    const repeats = 200;
    for (let i = 0; i < repeats; i++)
      kernels.run.gemm(side, side / 8, side, x, row, 4, w, side * 32, 32, c as number, 0, 0, y, row, 32);
    return (repeats * 2 * side ** 3) / (performance.now() - started) / 1e6;
  });
  return Math.max(...rates);
}

/** Prints where the time of a training step and of an evaluation goes, kernel by kernel. */
export async function printProfile(architecture: string, simd: Simd): Promise<void> {
  const { trunk, head, auxiliaryWeight = 0, batchSize, dropout, learningRate } = findArchitecture(architecture);
  const { train } = samplePairSet(await loadDataset(), 0, { trainPairs: PAIRS });
  const { height, width, channels, classCount: classes } = train;
  const make = (kernels: Kernels) => {
    const input = { height, width, channels, classes };
    const model = new Model(kernels, { trunk, head, auxiliaryWeight }, input, { batchSize, dropout });
    const optimizer = new Adam(kernels, model.tensors, learningRate);
    const pairs = model.load(train, pixelScale(train));
    model.initialize(0);
    let at = 0;
    const step = () => {
      model.gradient(
        pairs,
        Uint32Array.from({ length: batchSize }, (_, i) => at + i),
      );
      optimizer.step();
      at = (at + batchSize) % PAIRS;
    };
    return { step, evaluate: () => model.evaluate(pairs) };
  };
  const calls: Calls = new Map();
  const [plain, kernels] = [new Kernels(loadKernels(simd)), new Kernels(loadKernels(simd), (run) => timed(run, calls))];
  const [untimed, profiled] = [make(plain), make(kernels)];
  const top = ceiling(simd);
  const cost = timingCost();
  console.log(`${architecture}, ${simd} SIMD; ceiling of the matrix product here ${top.toFixed(1)} GFLOP/s`);
  const phases = [
    ["a training step", WARM_UP, STEPS, "step"],
    [`an evaluation of ${PAIRS} pairs`, WARM_UP / 20, STEPS / 20, "evaluate"],
  ] as const;
  for (const [title, warmUp, repeats, phase] of phases) {
    for (let i = 0; i < warmUp; i++) for (const model of [untimed, profiled]) model[phase]();
    calls.clear();
    const times: number[] = [];
    for (let i = 0; i < repeats; i++) {
      const started = performance.now();
      untimed[phase]();
      times.push(performance.now() - started);
      profiled[phase]();
    }
    console.log(`\n${title}: ${median(times).toFixed(3)} ms, median of ${repeats}`);
    console.log(table(calls, repeats, cost, median(times), top));
  }
}

function table(calls: Calls, repeats: number, cost: number, total: number, top: number): string {
  const rows = [...calls].map(([name, share]) => {
    const own = share.milliseconds - share.calls * cost;
    return { name, ms: own / repeats, calls: share.calls / repeats, rate: share.operations / own / 1e6 };
  });
  rows.sort((a, b) => b.ms - a.ms);
  const inKernels = rows.reduce((sum, { ms }) => sum + ms, 0);
  const percent = (part: number) => `${((100 * part) / total).toFixed(1)}%`;
  const printed = new Table({
    head: ["kernel, rows · depth · columns", "calls", "ms", "share", "GFLOP/s", "of ceiling"],
    colAligns: ["left", "right", "right", "right", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  for (const { name, ms, calls: count, rate } of rows) {
    const rated = rate > 0 ? [rate.toFixed(1), `${((100 * rate) / top).toFixed(0)}%`] : ["", ""];
    printed.push([name, count.toFixed(1), ms.toFixed(3), percent(ms), ...rated]);
  }
  const outside = Math.max(0, total - inKernels);
  printed.push(["outside of the kernels", "", outside.toFixed(3), percent(outside), "", ""]);
  return printed.toString();
}
