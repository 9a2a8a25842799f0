import type { Model, Optimizer, Tensor, WeightAverage } from "../engine/index.js";
import type { ChangingPairs } from "../engine/pairs/changing-pairs.js";
import { InvalidRequest } from "../errors.js";
import type { NamedTensor } from "../formats/index.js";
import { TensorReader } from "../formats/tensor-reader.js";
import { weightTensors, writeWeights } from "./weights.js";

/** Everything that training needs to continue after an epoch as if it had never stopped. It is plain data. */
export interface TrainingState {
  /** The last epoch done, from 1. */
  readonly epoch: number;
  /**
   * The network's state as in a file of weights, before any averaging, and:
   *
   * - `optimizer.SLOT.NAME`: the optimizer's slots for each parameter, such as Adam's `first` and `second`
   * - `optimizer.step`: the number of steps taken
   * - `average.NAME`: the averages, where weights are averaged
   * - `dropout.state`: the state of the dropout stream
   * - `augmentation.state`: the state of the augmentation stream, where training pairs change
   */
  readonly tensors: readonly NamedTensor[];
}

/** The objects that a training changes. */
export interface Learner {
  readonly model: Model;
  readonly optimizer: Optimizer;
  readonly average: WeightAverage | undefined;
  readonly changing: ChangingPairs | undefined;
}

const DROPOUT = { name: "dropout.state", shape: [4, 4] };
const AUGMENTATION = { name: "augmentation.state", shape: [4, 4] };
const STEPS = "optimizer.step";
const slotName = (slot: string, { name }: Tensor): string => `optimizer.${slot}.${name}`;
const averageName = ({ name }: Tensor): string => `average.${name}`;

/** A copy of the state of training. */
export function captureState(epoch: number, { model, optimizer, average, changing }: Learner): TrainingState {
  const { kernels, tensors, dropoutState } = model;
  const slots = [...optimizer.slots].flatMap(([slot, start]) =>
    tensors.parameters.map((parameter) => ({
      name: slotName(slot, parameter),
      shape: parameter.spec.shape,
      data: tensors.readBeside(kernels, start, parameter),
    })),
  );
  const averages = average
    ? model.state().map((tensor) => {
        return { name: averageName(tensor), shape: tensor.spec.shape, data: average.read(tensor) };
      })
    : [];
  return {
    epoch,
    tensors: [
      ...weightTensors(model),
      ...slots,
      { name: STEPS, shape: [], data: BigInt64Array.of(BigInt(optimizer.steps)) },
      ...averages,
      { ...DROPOUT, data: kernels.integers(dropoutState, 16).slice() },
      ...(changing ? [{ ...AUGMENTATION, data: kernels.integers(changing.augmentationState, 16).slice() }] : []),
    ],
  };
}

/**
 * Brings a new learner to a captured state.
 *
 * @param stepsPerEpoch  of the training that continues
 * @throws InvalidRequest naming what does not match
 */
export function restoreState(
  state: TrainingState,
  { model, optimizer, average, changing }: Learner,
  stepsPerEpoch: number,
): void {
  const { kernels, tensors } = model;
  const reader = new TensorReader("checkpoint", state.tensors);
  const steps = reader.count(STEPS);
  const due = state.epoch * stepsPerEpoch;
  if (steps !== due)
    throw new InvalidRequest(`checkpoint: ${steps} steps, but ${state.epoch} epochs of these pairs take ${due}`);
  writeWeights(model, reader);
  for (const [slot, start] of optimizer.slots)
    for (const parameter of tensors.parameters) {
      const values = reader.floats(slotName(slot, parameter), parameter.spec.shape);
      tensors.writeBeside(kernels, start, parameter, values);
    }
  if (average)
    for (const tensor of model.state()) average.write(tensor, reader.floats(averageName(tensor), tensor.spec.shape));
  kernels.integers(model.dropoutState, 16).set(reader.integers(DROPOUT.name, DROPOUT.shape));
  if (changing)
    kernels.integers(changing.augmentationState, 16).set(reader.integers(AUGMENTATION.name, AUGMENTATION.shape));
  reader.end();
  optimizer.skip(steps);
  model.batchesTracked = steps;
}
