import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Architecture,
  encodeSafetensors,
  encodeWeights,
  type InputSpec,
  Kernels,
  Model,
  type NamedTensor,
  type PairSet,
  type Pairs,
  pixelScale,
  samplePairSet,
} from "pairlab";
import { loadDataset, loadKernels } from "pairlab/node";

export const SEED = 0;

/** The task of all contestants of a race: the same network, weights and pairs. The first batch is the one that is checked. */
export interface Task {
  readonly architecture: Architecture;
  readonly pairs: PairSet;
  /** Has `pairs.safetensors`, and the architecture's weights and layers as `.safetensors` and `.json`. */
  readonly folder: string;
  /** By which an epoch is timed; default wall. Processor time is that of all threads of a contestant's process. */
  readonly clock?: "wall" | "processor";
}

/** What a network sees of pairs. */
export const inputOfPairs = ({ height, width, channels, classCount }: Pairs): InputSpec => ({
  ...{ height, width, channels, classes: classCount },
});

/** A folder of files for other programs. It is removed when the work is done. */
export async function withFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "pairlab-bench-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Draws a seed's pairs and writes them raw, as `pairlab pairs` does. */
export async function writePairs(seed: number, file: string): Promise<PairSet> {
  const pairs = samplePairSet(await loadDataset(), seed);
  await writePairSet(pairs, file);
  return pairs;
}

export const writePairSet = (pairs: PairSet, file: string): Promise<void> =>
  writeFile(file, encodeSafetensors([...tensorsOf("train", pairs.train), ...tensorsOf("test", pairs.test)]));

function tensorsOf(part: string, { count, channels, height, width, images, targets, classes }: Pairs): NamedTensor[] {
  return [
    { name: `${part}_input`, shape: [count, 2 * channels, height, width], data: images },
    { name: `${part}_target`, shape: [count], data: BigInt64Array.from(targets, BigInt) },
    { name: `${part}_classes`, shape: [count, 2], data: BigInt64Array.from(classes, BigInt) },
  ];
}

/** Writes the common starting weights, named as in PyTorch, and the layers as data. */
export async function makeTask(architecture: Architecture, pairs: PairSet, folder: string): Promise<Task> {
  const { name, batchSize } = architecture;
  const model = new Model(new Kernels(loadKernels()), architecture, inputOfPairs(pairs.train), { batchSize });
  model.initialize(SEED);
  await writeFile(join(folder, `${name}.safetensors`), encodeWeights(model, pixelScale(pairs.train), name));
  await writeFile(join(folder, `${name}.json`), JSON.stringify(architecture));
  return { architecture, pairs, folder };
}
