import {
  Adam,
  type Architecture,
  allShortcuts,
  DIGIT_PAIRS,
  Kernels,
  Model,
  median,
  pixelScale,
  samplePairSet,
} from "pairlab";
import { loadDataset, loadKernels, type Simd } from "pairlab/node";
import { abbreviated, print, short, table } from "./tables.js";
import { SEED } from "./task.js";

const WARM_UP = 4;

/** An architecture's medians with the first few shortcuts, in milliseconds. */
interface Shortened {
  readonly architecture: string;
  readonly with: string;
  /** The time of a training epoch. */
  readonly training: number;
  /** The time of an evaluation of 1,000 pairs. */
  readonly evaluation: number;
}

/** Times networks without shortcuts, with the first, with the first two and so on: in turns, an epoch and an evaluation each. */
export async function measureShortcuts(
  architectures: readonly Architecture[],
  simd: Simd,
  turns: number,
): Promise<void> {
  const { train } = samplePairSet(await loadDataset(), SEED);
  const rows: Shortened[] = [];
  for (const architecture of architectures) {
    const { batchSize, dropout, learningRate, name } = architecture;
    const models = [0, ...allShortcuts.keys()].map((_, count) => {
      const shortcuts = allShortcuts.slice(0, count);
      const model = new Model(new Kernels(loadKernels(simd)), architecture, DIGIT_PAIRS, {
        batchSize,
        dropout,
        shortcuts,
      });
      const adam = new Adam(model.kernels, model.tensors);
      const pairs = model.load(train, pixelScale(train));
      model.initialize(SEED);
      const epoch = () => {
        for (let start = 0; start < pairs.count; start += batchSize) {
          model.gradient(
            pairs,
            Array.from({ length: batchSize }, (_, i) => start + i),
          );
          adam.step(learningRate);
        }
      };
      const last = shortcuts.at(-1);
      const times = { training: [] as number[], evaluation: [] as number[] };
      return {
        with: last ? `+ ${last}` : "every product in full",
        epoch,
        evaluate: () => model.evaluate(pairs),
        times,
      };
    });
    for (let turn = 0; turn < WARM_UP + turns; turn++)
      for (const { epoch, evaluate, times } of models) {
        const [training, evaluation] = [milliseconds(epoch), milliseconds(evaluate)];
        if (turn < WARM_UP) continue;
        times.training.push(training);
        times.evaluation.push(evaluation);
      }
    for (const { with: shortcut, times } of models) {
      const [training, evaluation] = [median(times.training), median(times.evaluation)];
      rows.push({ architecture: name, with: shortcut, training, evaluation });
    }
  }
  print(`${simd} SIMD: ms of a training epoch / of an evaluation of ${train.count} pairs, medians of ${turns}`);
  print(shortcutsTable(rows));
}

/** The table of shortcuts: a line for each, and a column for each architecture. */
function shortcutsTable(shortened: readonly Shortened[]): string {
  const names = [...new Set(shortened.map(({ architecture }) => architecture))];
  const rows = [...new Set(shortened.map((own) => own.with))].map((line) => [
    line,
    ...names.map((name) => {
      const own = shortened.find((candidate) => candidate.with === line && candidate.architecture === name);
      return own ? `${short(own.training)} / ${short(own.evaluation)}` : "";
    }),
  ]);
  return table(["with", ...names.map(abbreviated)], rows, ["with"]);
}

function milliseconds(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}
