import { within } from "../checks.js";
import { checkPairSet, checkTargets } from "../data/check-pairs.js";
import { type PairSet, pixelScale } from "../data/index.js";
import { arrangement } from "../data/pairing.js";
import { clipGradients, type KernelModule, Kernels, type LoadedPairs, type Model } from "../engine/index.js";
import { checkFits } from "../engine/optimizers/make.js";
import { InvalidRequest } from "../errors.js";
import { SEEDS } from "../limits.js";
import { checkKnownClasses } from "../network/digit-settings.js";
import type { InputSpec, Network } from "../network/index.js";
import { Stream } from "../random/streams.js";
import { leanSettings } from "../settings/optional-settings.js";
import { scheduledRate } from "../settings/schedules.js";
import { checkLoop } from "./check-loop.js";
import { type Divergence, isUsable } from "./divergence.js";
import type { LoopSettings } from "./loop-settings.js";
import { takeRoom } from "./room.js";
import { captureState, restoreState, type TrainingState } from "./state.js";
import { type TrainedNetwork, writeStart } from "./weights.js";

/** Losses and accuracies in evaluation mode after an epoch. Losses are means over pairs in nats, accuracies fractions of pairs. */
export interface EpochResult {
  readonly epoch: number;
  readonly trainLoss: number;
  readonly testLoss: number;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  /** How many of the test pairs the network says yes to. Runs of earlier versions did not count it. */
  readonly testYes?: number;
}

/** Yielded after an epoch, as plain data. */
export interface EpochEvent {
  /** The epoch, counted from 1. */
  readonly epoch: number;
  /** Absent where this epoch was not evaluated. */
  readonly result?: EpochResult;
}

/** Yielded by `train` after an epoch. It can be posted to another thread, without its method. */
export interface TrainingEvent extends EpochEvent {
  /** The state for `from`. Call it before you ask for the next event. It costs nothing until it is called. */
  state(): TrainingState;
}

/** The result of a training. */
export interface TrainingResult extends TrainedNetwork {
  /** Where training diverged and ended early, if it did. The weights are those of that step. */
  readonly diverged?: Divergence;
}

/**
 * Trains a network on a pair set. It yields after each epoch, and stops if you stop asking. The same arguments give the same bits on
 * every machine that runs the same kernels.
 *
 * Training ends early at a step where a loss or a weight is not finite, or a loss exceeds `MOST_LOSS`. That epoch is not yielded.
 *
 * @param kernelsOrModule  an instance is cleared first
 * @throws InvalidRequest where the kernels are invalid, the network does not fit the pairs, a setting is out of range, there is too
 *   little memory, `from` is of another training, or `start` has a tensor that is not the network's
 */
export function* train(
  kernelsOrModule: KernelModule | Kernels,
  network: Network,
  pairs: PairSet,
  seed: number,
  settings: LoopSettings,
): Generator<TrainingEvent, TrainingResult> {
  const steps = trainingSteps(kernelsOrModule, network, pairs, seed, settings);
  let step = steps.next();
  for (; !step.done; step = steps.next()) if (step.value) yield step.value;
  return step.value;
}

/** Trains as `train` does, and yields after each step of the optimizer too, then without an event. */
export function* trainingSteps(
  kernelsOrModule: KernelModule | Kernels,
  network: Network,
  pairs: PairSet,
  seed: number,
  settings: LoopSettings,
): Generator<TrainingEvent | undefined, TrainingResult> {
  checkLoop(settings, network);
  within(SEEDS)(seed, "seed");
  const relation = checkPairSet(pairs);
  const { train: trainPairs, test: testPairs } = pairs;
  const { epochs, batchSize, learningRate, optimizer: name = "adam", evaluate, from, start } = settings;
  const lean = leanSettings(settings);
  const { schedule, clipNorm, augmentation, pairing, partners = 1 } = lean;
  const { initSeed = seed, orderSeed = seed, dropoutSeed = seed, augmentationSeed = seed } = lean;
  checkKnownClasses(lean);
  if (pairing) checkTargets(trainPairs, relation, `pairing "${pairing}"`);
  if (partners > 1) checkTargets(trainPairs, relation, `partners ${partners}`);
  const done = from?.epoch ?? 0;
  if (!(Number.isSafeInteger(done) && done >= 0 && done <= epochs))
    throw new InvalidRequest(`checkpoint: after epoch ${done}, but there are ${epochs}`);
  const kernels = kernelsOrModule instanceof Kernels ? kernelsOrModule : new Kernels(kernelsOrModule);
  const { height, width, channels, classCount: classes } = trainPairs;
  const input: InputSpec = { height, width, channels, classes };
  const counts = { trainPairs: trainPairs.count, testPairs: testPairs.count };
  const room = takeRoom(kernels, { network, input, relation, settings, ...counts });
  const { model, optimizer, average, watch } = room;
  checkFits(model.network, name);
  const scale = pixelScale(trainPairs, "train");
  const training = model.load(trainPairs, scale, "train", room.training);
  const test = model.load(testPairs, scale, "test", room.test);
  const changes = { seed: augmentationSeed, ...(augmentation && { augmentation }) };
  const changing = room.changing && model.loadChanging(trainPairs, scale, changes, room.changing);
  const learner = { model, optimizer, average, changing };
  const [order, dealt] = [new Stream(orderSeed, "batch order"), new Stream(orderSeed, "pairing")];
  const meetings = new Stream(orderSeed, "partners");
  const batches = Array.from({ length: Math.ceil(training.count / batchSize) }, (_, i) => i * batchSize);
  /** The partners of a batch's images, by their distance in it. */
  const distancesIn = (images: number) =>
    partners > 1
      ? meetings.sample(Math.min(partners, images - 1), images - 1).map((distance) => distance + 1)
      : undefined;
  const stepsPerEpoch = batches.length;
  if (from) restoreState(from, learner, stepsPerEpoch);
  else {
    model.initialize(initSeed, dropoutSeed);
    if (start) writeStart(model, start);
  }
  const shuffle = () => {
    if (changing && pairing) changing.arrangement = arrangement(pairing, training.count, dealt);
    return order.sample(training.count, training.count);
  };
  // The draws of the epochs before are repeated, which takes little time compared with an epoch.
  for (let epoch = 1; epoch <= done; epoch++) {
    shuffle();
    for (const start of batches) distancesIn(2 * Math.min(batchSize, training.count - start));
  }
  const { cleared } = kernels;
  const requireOwn = () => {
    if (kernels.cleared !== cleared)
      throw new InvalidRequest(
        "the kernels were taken by something else while this training went on: give each training at the same time kernels of its own",
      );
  };
  let [current, ended] = [done, false];
  const stateOf = (epoch: number) => {
    if (epoch !== current || ended)
      throw new Error(`the state of epoch ${epoch} is gone: training is ${ended ? "done" : `at epoch ${current}`}`);
    return captureState(epoch, learner);
  };
  const lost = (what: Divergence["what"], step = optimizer.steps): TrainingResult => {
    ended = true;
    return { model, scale, diverged: { epoch: current, step, what } };
  };
  while (current < epochs) {
    const epoch = ++current;
    const shuffled = shuffle();
    for (const start of batches) {
      requireOwn();
      const batch = shuffled.subarray(start, start + batchSize);
      const loss = model.gradient(changing ?? training, batch, distancesIn(2 * batch.length));
      if (!isUsable(loss)) return lost("loss", optimizer.steps + 1);
      if (clipNorm !== undefined) clipGradients(kernels, model.tensors, clipNorm);
      optimizer.step(scheduledRate(schedule, learningRate, optimizer.steps, epochs * stepsPerEpoch));
      average?.update();
      if (!watch.allFinite()) return lost("weights");
      yield undefined;
    }
    requireOwn();
    let result: EpochResult | undefined;
    if (evaluate === "epoch" || epoch === epochs) {
      average?.exchange();
      if (average && !watch.allFinite()) return lost("weights");
      result = evaluateBoth(model, training, test, epoch);
      if (!isUsable(result.trainLoss) || !isUsable(result.testLoss)) return lost("loss");
      average?.exchange();
    }
    yield withMethods({ epoch, ...(result && { result }) }, { state: () => stateOf(epoch) });
  }
  ended = true;
  average?.exchange();
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
    testYes: onTest.yes,
  };
}

/** Adds methods that copying, comparing and posting the data leave out. */
export function withMethods<Data extends object, Methods extends object>(data: Data, methods: Methods): Data & Methods {
  return Object.assign(Object.create(methods), data);
}
