import { Adam, allShortcuts, Kernels, Model, pixelScale, type Shortcut, Stream } from "pairlab";
import { loadKernels, type Simd } from "pairlab/node";
import type { Contestant, Runner } from "./contestant.js";
import { inputOfPairs, SEED, type Task } from "./task.js";

/**
 * This engine, in the bench's own process.
 *
 * @param shortcuts  none for every product in full
 */
export const engine = (name: string, settings: string, simd: Simd, shortcuts = allShortcuts): Contestant => ({
  name: `pairlab ${name}`,
  settings,
  async start(task: Task): Promise<Runner> {
    const { batchSize } = task.architecture;
    const racing = ready(task, simd, shortcuts, task.architecture.dropout);
    const order = new Stream(SEED, "batch order");
    return {
      async check(steps) {
        const checked = ready(task, simd, shortcuts, 0);
        const batch = Array.from({ length: batchSize }, (_, pair) => pair);
        const losses = Array.from({ length: steps + 1 }, () => checked.step(batch));
        return { start: losses[0] as number, trained: losses[steps] as number };
      },
      async epoch() {
        const now = CLOCKS[task.clock ?? "wall"];
        const started = now();
        const { count } = task.pairs.train;
        const shuffled = order.sample(count, count);
        for (let start = 0; start < count; start += batchSize) racing.step(shuffled.subarray(start, start + batchSize));
        return now() - started;
      },
      stop() {},
    };
  },
});

const CLOCKS = {
  wall: () => performance.now(),
  processor() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};

/** The network at its start, and a step of training that gives the loss before it. */
function ready({ architecture, pairs }: Task, simd: Simd, shortcuts: readonly Shortcut[], dropout: number) {
  const kernels = new Kernels(loadKernels(simd));
  const model = new Model(kernels, architecture, inputOfPairs(pairs.train), {
    batchSize: architecture.batchSize,
    dropout,
    shortcuts,
  });
  const adam = new Adam(kernels, model.tensors);
  const training = model.load(pairs.train, pixelScale(pairs.train));
  model.initialize(SEED);
  const step = (batch: ArrayLike<number>): number => {
    const loss = model.gradient(training, batch);
    adam.step(architecture.learningRate);
    return loss;
  };
  return { step };
}
