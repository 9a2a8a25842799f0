import { type PairSet, type PixelScale, pixelScale } from "../data/index.js";
import { Adam, type KernelModule, Kernels, type LoadedPairs, Model } from "../engine/index.js";
import type { InputSpec, Network } from "../network/index.js";
import { Stream } from "../random/index.js";
import { checkSettings, type TrainingSettings } from "./settings.js";

/** Losses and accuracies in evaluation mode, after an epoch. Losses are means over pairs, accuracies fractions of pairs. */
export interface EpochResult {
  readonly epoch: number;
  readonly trainLoss: number;
  readonly testLoss: number;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
}

/** What the training loop yields after each epoch. */
export interface EpochEvent {
  /** From 1. */
  readonly epoch: number;
  /** Absent where this epoch was not evaluated. */
  readonly result?: EpochResult;
}

export interface TrainedNetwork {
  readonly model: Model;
  readonly scale: PixelScale;
}

export type LoopSettings = Pick<TrainingSettings, "epochs" | "batchSize" | "learningRate" | "dropout" | "evaluate">;

/**
 * Trains a network on a pair set, yielding after each epoch; stop asking and it stops. The same arguments give the same
 * bits on every machine that runs the same kernels.
 *
 * @param kernelsOrModule  an instance is cleared first: what it held before is lost
 * @throws InvalidRequest when the network does not fit the pairs, or a setting is out of range.
 */
export function* train(
  kernelsOrModule: KernelModule | Kernels,
  network: Network,
  { train: trainPairs, test: testPairs, relation }: PairSet,
  seed: number,
  { epochs, batchSize, learningRate, dropout, evaluate }: LoopSettings,
): Generator<EpochEvent, TrainedNetwork> {
  checkSettings({ epochs, batchSize, learningRate, dropout });
  const kernels = kernelsOrModule instanceof Kernels ? kernelsOrModule : new Kernels(kernelsOrModule);
  kernels.clear();
  const { height, width, channels, classCount: classes } = trainPairs;
  const input: InputSpec = { height, width, channels, classes };
  const model = new Model(kernels, network, input, { batchSize, dropout, relation });
  const optimizer = new Adam(kernels, model.tensors, learningRate);
  const scale = pixelScale(trainPairs);
  const training = model.load(trainPairs, scale);
  const test = model.load(testPairs, scale);
  const order = new Stream(seed, "batch order");
  model.initialize(seed);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const shuffled = order.sample(training.count, training.count);
    for (let start = 0; start < training.count; start += batchSize) {
      model.gradient(training, shuffled.subarray(start, start + batchSize));
      optimizer.step();
    }
    if (evaluate === "epoch" || epoch === epochs) yield { epoch, result: evaluateBoth(model, training, test, epoch) };
    else yield { epoch };
  }
  return { model, scale };
}

function evaluateBoth(model: Model, training: LoadedPairs, test: LoadedPairs, epoch: number): EpochResult {
  const [onTraining, onTest] = [model.evaluate(training), model.evaluate(test)];
  return {
    epoch,
    trainLoss: onTraining.loss,
    testLoss: onTest.loss,
    trainAccuracy: (training.count - onTraining.errors) / training.count,
    testAccuracy: (test.count - onTest.errors) / test.count,
  };
}
