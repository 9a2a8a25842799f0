import { Adam, DIGIT_PAIRS, Kernels, Model, pixelScale, train } from "pairlab";
import { loadKernels, type Simd } from "pairlab/node";
import type { Contestant, Runner } from "./contestant.js";
import { SEED, type Task } from "./task.js";

/** This engine, in the bench's own process. */
export const engine = (simd: Simd): Contestant => ({
  name: `pairlab ${simd}`,
  settings: simd === "base" ? "the default: base SIMD" : "--simd relaxed",
  async start(task: Task): Promise<Runner> {
    const { trunk, head, auxiliaryWeight = 0, ...settings } = task.architecture;
    const endless = { ...settings, epochs: Number.MAX_SAFE_INTEGER, evaluate: "end" } as const;
    const loop = train(loadKernels(simd), { trunk, head, auxiliaryWeight }, task.pairs, SEED, endless);
    return {
      async check(steps) {
        const losses = firstLosses(simd, task, steps);
        return { start: losses[0] as number, trained: losses[steps] as number };
      },
      async epoch() {
        const started = performance.now();
        loop.next();
        return performance.now() - started;
      },
      stop() {
        loop.return(undefined as never);
      },
    };
  },
});

/** The first batch's loss before each of the steps on it, and after the last. */
function firstLosses(simd: Simd, { architecture, pairs }: Task, steps: number): number[] {
  const { batchSize, learningRate } = architecture;
  const kernels = new Kernels(loadKernels(simd));
  const model = new Model(kernels, architecture, DIGIT_PAIRS, { batchSize, dropout: 0 });
  const adam = new Adam(kernels, model.tensors, learningRate);
  const training = model.load(pairs.train, pixelScale(pairs.train));
  model.initialize(SEED);
  const batch = Array.from({ length: batchSize }, (_, pair) => pair);
  return Array.from({ length: steps + 1 }, () => {
    const loss = model.gradient(training, batch);
    adam.step();
    return loss;
  });
}
