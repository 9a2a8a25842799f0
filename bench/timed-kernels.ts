/** The time of a kernel's calls of one shape. */
export interface Share {
  milliseconds: number;
  calls: number;
  /** Floating-point operations; 0 where time is not arithmetic. */
  operations: number;
}

interface Product {
  /** The shape of a call: rows · depth · columns. */
  shape(...call: number[]): string;
  /** Floating-point operations of a call. */
  operations(memory: Int32Array, ...call: number[]): number;
}

/** The kernels whose time is arithmetic. The last two skip zeros, so their work depends on lists or marks. */
const PRODUCTS: Readonly<Record<string, Product>> = {
  gemm: {
    shape: (rows, panels = 0, depth) => `${rows} · ${depth} · ${8 * panels}`,
    operations: (_memory, rows = 0, panels = 0, depth = 0) => 2 * wholeTiles(rows) * 8 * panels * depth,
  },
  gemms: {
    shape: (count, rows, panels = 0, depth) => `${count} × ${rows} · ${depth} · ${8 * panels}`,
    operations: (_memory, count = 0, rows = 0, panels = 0, depth = 0) =>
      2 * count * wholeTiles(rows) * 8 * panels * depth,
  },
  convolve: {
    shape: (_image, _offsets, rows, panels = 0, height = 0, run = 0) => `${rows} · ${height * run} · ${8 * panels}`,
    operations: (_memory, _image, _offsets, rows = 0, panels = 0, height = 0, run = 0) =>
      2 * wholeTiles(rows) * 8 * panels * height * run,
  },
  sparseGemm: {
    shape: (rows, tiles = 0) => `${rows} · listed · ${28 * tiles}`,
    operations: (memory, rows = 0, tiles = 0, _lists, _listBytes, counts = 0) =>
      2 * 28 * tiles * sum(memory.subarray(counts / 4, counts / 4 + rows)),
  },
  convolveMarked: {
    shape: (...call) => `${4 * (call[7] ?? 0)} · marked · ${8 * (call[11] ?? 0)}`,
    operations: (memory, ...call) => {
      const [windows = 0, taps = 0, , , panels = 0] = call.slice(7);
      return 2 * 4 * 8 * panels * sum(memory.subarray(taps / 4, taps / 4 + 2 * windows).map(bits));
    },
  },
};

const wholeTiles = (rows: number): number => Math.ceil(rows / 4) * 4;
const sum = (numbers: Int32Array): number => numbers.reduce((total, number) => total + number, 0);

/** The number of set bits of a 32-bit word. */
function bits(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}

type Kernel = (...call: number[]) => unknown;

/** The exports of an instance of the kernels: functions, and its memory. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
}

/** Kernels that add the time of each call to `shares`. */
export function timed<Run extends Exports>(run: Run, shares: Map<string, Share>): Run {
  const entries = Object.entries(run).map(([name, exported]) =>
    typeof exported === "function" ? [name, timedKernel(name, exported as Kernel, run, shares)] : [name, exported],
  );
  return Object.fromEntries(entries) as Run;
}

function timedKernel(name: string, kernel: Kernel, { memory }: Exports, shares: Map<string, Share>): Kernel {
  const product = PRODUCTS[name];
  return (...call) => {
    const started = performance.now();
    const result = kernel(...call);
    const milliseconds = performance.now() - started;
    const key = product ? `${name} ${product.shape(...call)}` : name;
    const share = shares.get(key) ?? { milliseconds: 0, calls: 0, operations: 0 };
    share.milliseconds += milliseconds;
    share.calls++;
    if (product) share.operations += product.operations(new Int32Array(memory.buffer), ...call);
    shares.set(key, share);
    return result;
  };
}

/** The milliseconds that timing adds to a call. */
export function timingCost(): number {
  const shares = new Map<string, Share>();
  const { nothing } = timed({ memory: { buffer: new ArrayBuffer(0) }, nothing: () => {} }, shares);
  for (let i = 0; i < 100_000; i++) nothing();
  const { milliseconds, calls } = shares.get("nothing") as Share;
  return milliseconds / calls;
}
