import type { Adam, ChangingPairs, Model } from "../engine/index.js";
import { InvalidRequest } from "../errors.js";
import { type NamedTensor, TensorReader } from "../formats/index.js";
import { weightTensors, writeWeights } from "./weights.js";

/** All that training needs to go on after an epoch as if it had never stopped: plain data. */
export interface TrainingState {
  /** The last epoch done, from 1. */
  readonly epoch: number;
  /**
   * The network's state as in its weights' file; for each parameter NAME Adam's moments, `adam.first.NAME` and
   * `adam.second.NAME`; `adam.step`, the steps taken; `dropout.state`, the dropout stream's; where
   * training pairs change, `augmentation.state`, that stream's.
   */
  readonly tensors: readonly NamedTensor[];
}

const MOMENTS = ["first", "second"] as const;
const DROPOUT = { name: "dropout.state", shape: [4, 4] };
const AUGMENTATION = { name: "augmentation.state", shape: [4, 4] };
const STEPS = "adam.step";

/** What training has come to, copied. */
export function captureState(epoch: number, model: Model, adam: Adam, changing?: ChangingPairs): TrainingState {
  const { kernels, tensors, dropoutState } = model;
  const moments = MOMENTS.flatMap((which) =>
    tensors.parameters.map((parameter) => ({
      name: `adam.${which}.${parameter.name}`,
      shape: parameter.spec.shape,
      data: adam.readMoment(which, parameter),
    })),
  );
  return {
    epoch,
    tensors: [
      ...weightTensors(model),
      ...moments,
      { name: STEPS, shape: [], data: BigInt64Array.of(BigInt(adam.steps)) },
      { ...DROPOUT, data: kernels.integers(dropoutState, 16).slice() },
      ...(changing ? [{ ...AUGMENTATION, data: kernels.integers(changing.augmentationState, 16).slice() }] : []),
    ],
  };
}

/**
 * Brings a new model and its new optimizer to where the captured ones were.
 *
 * @param stepsPerEpoch  of the training that is to go on
 * @throws InvalidRequest naming what does not match
 */
export function restoreState(
  state: TrainingState,
  model: Model,
  adam: Adam,
  stepsPerEpoch: number,
  changing?: ChangingPairs,
): void {
  const reader = new TensorReader("checkpoint", state.tensors);
  const steps = reader.count(STEPS);
  const due = state.epoch * stepsPerEpoch;
  if (steps !== due)
    throw new InvalidRequest(
      `checkpoint: ${steps} steps of Adam, but ${state.epoch} epochs of these pairs take ${due}`,
    );
  writeWeights(model, reader);
  for (const which of MOMENTS)
    for (const parameter of model.tensors.parameters)
      adam.writeMoment(which, parameter, reader.floats(`adam.${which}.${parameter.name}`, parameter.spec.shape));
  model.kernels.integers(model.dropoutState, 16).set(reader.integers(DROPOUT.name, DROPOUT.shape));
  if (changing)
    model.kernels.integers(changing.augmentationState, 16).set(reader.integers(AUGMENTATION.name, AUGMENTATION.shape));
  reader.end();
  adam.skip(steps);
  model.batchesTracked = steps;
}
