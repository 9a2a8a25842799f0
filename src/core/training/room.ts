import type { Relation } from "../data/relations.js";
import {
  CountedSpace,
  inMebibytes,
  type KernelSpace,
  type Kernels,
  MemoryShortage,
  type Pointer,
} from "../engine/kernels.js";
import { Model, type ModelOptions } from "../engine/model.js";
import { makeOptimizer } from "../engine/optimizers/make.js";
import type { Optimizer, OptimizerSettings } from "../engine/optimizers/optimizer.js";
import { WeightAverage } from "../engine/optimizers/weight-average.js";
import type { AugmenterRoom } from "../engine/pairs/augmenter.js";
import type { PairRoom } from "../engine/pairs/loaded-pairs.js";
import { WeightWatch } from "../engine/weight-watch.js";
import type { InputSpec, Network } from "../network/index.js";
import { leanSettings } from "../settings/optional-settings.js";
import { OPTIMIZER_SETTINGS } from "../settings/table.js";
import type { OptionalSettings, TrainingSettings } from "../settings/training-settings.js";
import type { LoopSettings } from "./loop-settings.js";

/** Everything that decides the memory of a training. */
export interface TrainingShape {
  readonly network: Network;
  readonly input: InputSpec;
  readonly trainPairs: number;
  readonly testPairs: number;
  readonly settings: Omit<LoopSettings, "from">;
  readonly relation: Relation;
}

/** All the kernels' memory of a training. It takes no more later. */
export interface TrainingRoom {
  readonly model: Model;
  readonly optimizer: Optimizer;
  readonly average: WeightAverage | undefined;
  readonly watch: WeightWatch;
  readonly training: PairRoom;
  readonly test: PairRoom;
  /** Undefined where training pairs do not change. */
  readonly changing: AugmenterRoom | undefined;
}

/** @throws InvalidRequest where the network does not fit the input, a setting is out of range, or there is too little memory */
export function placeTraining(space: KernelSpace, shape: TrainingShape): TrainingRoom {
  const { network, input, trainPairs, testPairs, settings, relation } = shape;
  const { optimizer = "adam", batchSize, dropout, group } = settings;
  const lean = leanSettings(settings);
  const { weightAverage, augmentation, pairing } = lean;
  const { height, width, channels } = input;
  const changes = changing(augmentation, pairing);
  const model = new Model(space, network, input, {
    ...modelOptions({ batchSize, dropout, trainPairs, testPairs, ...lean }, relation),
    ...(group && { group }),
  });
  return {
    model,
    optimizer: makeOptimizer(optimizer, space, model.tensors, ofOptimizer(lean)),
    average: weightAverage === undefined ? undefined : new WeightAverage(model, weightAverage),
    watch: new WeightWatch(model),
    training: model.place(trainPairs, { training: !changes }),
    test: model.place(testPairs, { training: false }),
    changing: changes ? model.placeChanging({ count: trainPairs, height, width, channels }, augmentation) : undefined,
  };
}

const ofOptimizer = (settings: OptionalSettings): OptimizerSettings =>
  Object.fromEntries(OPTIMIZER_SETTINGS.flatMap((name) => (name in settings ? [[name, settings[name]]] : [])));

/** Whether images are made anew for each batch. */
const changing = (augmentation: unknown, pairing: unknown): boolean =>
  augmentation !== undefined || pairing !== undefined;

/** The options of a training's network, also when it is made again from its weights. No batch takes memory for missing pairs. */
export function modelOptions(
  {
    batchSize,
    dropout,
    labelSmoothing,
    labelFraction,
    views,
    augmentation,
    pairing,
    partners,
    trainPairs,
    testPairs,
  }: Pick<TrainingSettings, "batchSize" | "dropout"> &
    OptionalSettings &
    Pick<TrainingShape, "trainPairs" | "testPairs">,
  relation: Relation,
): ModelOptions {
  return {
    // Evaluation sums a loss batch by batch, so its last bit depends on the batch size.
    batchSize: Math.min(batchSize, Math.max(trainPairs, testPairs)),
    trainingBatch: Math.min(batchSize, trainPairs),
    ...{ dropout, relation },
    ...(labelSmoothing !== undefined && { labelSmoothing }),
    ...(labelFraction !== undefined && { labelFraction }),
    ...(views && { views }),
    ...(changing(augmentation, pairing) && { changing: true }),
    ...(partners !== undefined && { partners }),
  };
}

/**
 * Clears an instance and takes the memory of a training.
 *
 * @throws InvalidRequest as `placeTraining` does; for too little memory with the message of `misfit`
 */
export function takeRoom(kernels: Kernels, shape: TrainingShape): TrainingRoom {
  kernels.clear();
  try {
    return placeTraining(kernels, shape);
  } catch (error) {
    if (!(error instanceof MemoryShortage)) throw error;
    const refusal = misfit(shape, kernels.base, error);
    kernels.renew();
    throw refusal;
  }
}

/**
 * The bytes of the kernels' memory that a training takes. It is placed in a counted space to find them.
 *
 * @param base   an instance's `base`
 * @throws InvalidRequest as `placeTraining` does; for too little memory with the message of `misfit`
 */
export function trainingBytes(shape: TrainingShape, base: Pointer, memory: Memory): number {
  try {
    return count(shape, base, memory.there);
  } catch (error) {
    throw error instanceof MemoryShortage ? misfit(shape, base, memory) : error;
  }
}

/** The memory that there is, and the words before it in a message: "this machine has". */
export type Memory = Pick<MemoryShortage, "there" | "owner">;

/** @throws MemoryShortage where a training takes more than `there` */
function count(shape: TrainingShape, base: Pointer, there?: number): number {
  const space = new CountedSpace(base, there);
  placeTraining(space, shape);
  return space.taken;
}

/** An error that says why a training needs too much memory, and which batch size or number of training pairs would fit. */
export function misfit(shape: TrainingShape, base: Pointer, { there, owner }: Memory): MemoryShortage {
  const { trainPairs, testPairs, settings } = shape;
  const fits = (changes: Partial<TrainingShape>) => {
    try {
      return count({ ...shape, ...changes }, base, there) <= there;
    } catch (error) {
      if (error instanceof MemoryShortage) return false;
      throw error;
    }
  };
  const inBatchesOf = (batchSize: number) => ({ settings: { ...settings, batchSize } });
  const because = (what: string, advice: string) =>
    new MemoryShortage(there, owner, `${what} of memory, but ${owner} ${inMebibytes(there)}${advice}`);
  // If the network itself takes too much, counting stops there: its tables may be too large for any memory.
  if (!fits({ ...inBatchesOf(1), trainPairs: 1, testPairs: 1 }))
    return because(`the network itself needs more than ${inMebibytes(there)}`, "");
  const needed = inMebibytes(count(shape, base), Math.ceil);
  if (fits(inBatchesOf(1))) {
    const batch = Math.min(settings.batchSize, Math.max(trainPairs, testPairs));
    const most = largest((size) => fits(inBatchesOf(size)), batch);
    const pairs = batch > trainPairs ? "test pairs" : "pairs";
    return because(`${batch} ${pairs} in a batch need ${needed}`, `: a batch size of up to ${most} fits`);
  }
  const most = largest((pairs) => fits({ ...inBatchesOf(1), trainPairs: pairs }), trainPairs);
  const advice = most > 0 ? `: up to ${most} training pairs fit, in batches of 1` : "";
  return because(`${trainPairs} training and ${testPairs} test pairs need ${needed}`, advice);
}

/** The largest number from 1 to `most` that fits, or 0. If a number fits, all smaller ones must. */
function largest(fits: (size: number) => boolean, most: number): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
