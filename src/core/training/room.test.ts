import { describe, expect, test } from "vitest";
import { finish, nextCheckpoint, smallJob, startJob, stripes } from "../../../test/support/jobs.js";
import { kernelsFrom, newKernels } from "../../../test/support/kernels.js";
import { architectures, furtherArchitectures } from "../architectures/index.js";
import { augmentations } from "../data/augmentation.js";
import { lessOrEqual, samplePairSet } from "../data/index.js";
import { type Kernels, MOST_MEMORY } from "../engine/kernels.js";
import { InvalidRequest } from "../errors.js";
import { evaluateRun } from "../inspection/evaluate-run.js";
import { Inspector } from "../inspection/inspector.js";
import {
  absoluteDifference,
  averagePool,
  batchNorm,
  convolution,
  cosine,
  DIGIT_PAIRS,
  difference,
  dropout,
  flatten,
  gelu,
  groupNorm,
  linear,
  matching,
  maxPool,
  type Network,
  normalize,
  product,
  relu,
  residual,
  squaredDistance,
} from "../network/index.js";
import type { SettingOverrides } from "../settings/training-settings.js";
import type { Job } from "./job.js";
import type { LoopSettings } from "./loop-settings.js";
import { type TrainingShape, takeRoom, trainingBytes } from "./room.js";
import { pairsOfJob } from "./run.js";
import { train } from "./train.js";
import { trainedNetwork } from "./trained-network.js";

const NO_END = { there: Number.POSITIVE_INFINITY, owner: "nobody has more than" };
const { base: BASE } = newKernels();
/** Bytes that any of these trainings has room in. */
const ENOUGH = 2 ** 25;

const shapeOf = ({ config: { network, trainPairs, testPairs, ...settings } }: Job): TrainingShape => {
  return { network, input: DIGIT_PAIRS, trainPairs, testPairs, settings, relation: lessOrEqual };
};
const bytesOf = (shape: TrainingShape, base = BASE) => trainingBytes(shape, base, NO_END);

/** Networks and settings that between them use every kind of memory. */
const kinds: [string, SettingOverrides][] = [
  ["mlp", { optimizer: "sgd", momentum: 0 }],
  ["simple-cnn", { optimizer: "rmsprop", clipNorm: 1 }],
  ["weight-sharing", { optimizer: "lion", pairing: "swapped" }],
  ["weight-sharing-auxiliary", { optimizer: "muon", weightAverage: 0.9 }],
  ["one-by-one", { members: 2, views: "shifts" }],
  ["resnet", {}],
  ["best", {}],
  ["matching", { partners: 3 }],
  ["ranking", { pairing: "shuffled" }],
  ["best-learned", { partners: 5 }],
  ["weight-sharing-auxiliary-tuned", { partners: 4, augmentation: { ...augmentations.strong, noise: 9 } }],
];
/** The last place at or before a byte where a piece may begin. */
const lastBefore = (byte: number): number => Math.floor(byte / 64) * 64;
const jobs = kinds.map(([name, settings]) => smallJob(name, { ...settings, epochs: 1 }));

/** Layers that no architecture has, in trunks of their own. */
const further: Network = {
  trunk: [
    convolution(9, 3, { padding: 1 }),
    groupNorm(3),
    gelu(),
    averagePool(2),
    residual([convolution(9, 3, { padding: 1 }), batchNorm(), relu()], []),
    maxPool(3, { stride: 2, padding: 1 }),
    flatten(),
    dropout(0.25),
    linear(70),
    relu(),
  ],
  head: [linear(2)],
  trunks: "separate",
};
/** The same of a head. */
const measuring: Network = {
  trunk: [convolution(9, 3), maxPool(2), flatten(), linear(20), normalize(1)],
  head: [matching(), product(), difference(), squaredDistance(), linear(6), absoluteDifference(), linear(6), cosine()],
};
const furtherSettings: LoopSettings = { epochs: 1, batchSize: 8, learningRate: 0.01, dropout: 0.5, evaluate: "end" };
const fewPairs = samplePairSet({ train: stripes, test: stripes }, 1, { trainPairs: 21, testPairs: 20 });

function furtherTensors(kernels: Kernels, network: Network) {
  const loop = train(kernels, network, fewPairs, 3, furtherSettings);
  let step = loop.next();
  while (!step.done) step = loop.next();
  const { model } = step.value;
  return model.state().map((tensor) => tensor.read(model.kernels));
}

describe("what a training takes", () => {
  test.each([...architectures, ...furtherArchitectures].map(({ name }) => smallJob(name, { batchSize: 10 })))(
    "is counted to the byte: $architecture",
    (job) => {
      const kernels = newKernels();
      takeRoom(kernels, shapeOf(job));
      expect(bytesOf(shapeOf(job))).toBe(kernels.taken);
    },
  );
});

describe("the bits are the same wherever memory lies, and nothing is taken later", () => {
  test.each(jobs)("$architecture: over the mark of 2 GiB, and up to the last byte", (job) => {
    const usual = finish(startJob(job));
    const bytes = bytesOf(shapeOf(job), 0);
    for (const base of [2 ** 31 - Math.floor(bytes / 128) * 64, lastBefore(MOST_MEMORY - bytes)]) {
      const kernels = kernelsFrom(base, bytes);
      expect(finish(startJob(job, undefined, kernels)).record).toEqual(usual.record);
      expect(kernels.taken - base).toBe(bytes);
    }
  });

  test.each([
    ["layers that no architecture has", further],
    ["heads that no architecture has", measuring],
  ])("%s", (_, network) => {
    const usual = furtherTensors(newKernels(), network);
    expect(furtherTensors(kernelsFrom(2 ** 31 - 2 ** 17, ENOUGH), network)).toEqual(usual);
  });

  test("in a run that goes on from a checkpoint, and in its network when it is asked", () => {
    const job = smallJob("best", { epochs: 2 });
    const usual = finish(startJob(job));
    const checkpoint = nextCheckpoint(startJob(job, undefined, kernelsFrom(2 ** 31, ENOUGH)));
    expect(Buffer.compare(checkpoint, nextCheckpoint(startJob(job)))).toBe(0);
    expect(finish(startJob(job, checkpoint, kernelsFrom(3 * 2 ** 30, ENOUGH))).record).toEqual(usual.record);

    const images = { train: stripes, test: stripes };
    expect(evaluateRun(usual, images, kernelsFrom(2 ** 31 - 2 ** 16, ENOUGH), 60)).toEqual(
      evaluateRun(usual, images, newKernels(), 60),
    );
    const [first, second] = [fewPairs.test.images.subarray(0, 196), fewPairs.test.images.subarray(196, 392)];
    const inspected = (kernels: Kernels) => new Inspector(usual, kernels).inspect(first, second);
    expect(inspected(kernelsFrom(2 ** 31 - 2 ** 16, ENOUGH))).toEqual(inspected(newKernels()));
  });
});

describe("a batch of more pairs than there are", () => {
  test.each(jobs.slice(-3))("takes the room of those that there are, and has their bits: $architecture", (job) => {
    const { network, batchSize: _, ...settings } = job.config;
    const pairs = pairsOfJob(job, { train: stripes, test: stripes });
    const inBatchesOf = (batchSize: number) => {
      const shape = { ...shapeOf(job), settings: { ...settings, batchSize } };
      const run = train(newKernels(), network, pairs, job.seed, shape.settings);
      const results: unknown[] = [];
      let step = run.next();
      for (; !step.done; step = run.next()) results.push(step.value.result);
      const { model } = step.value;
      return { bytes: bytesOf(shape), results, weights: model.state().map((tensor) => tensor.read(model.kernels)) };
    };
    expect(inBatchesOf(10_000)).toEqual(inBatchesOf(21));
  });

  test("leaves the batches of the test pairs as they are, to the last bit of their loss", () => {
    const counts = { trainPairs: 5, testPairs: 150 };
    const job = smallJob("one-by-one", { ...counts, batchSize: 64, epochs: 1 });
    const run = finish(startJob(job));
    const { test: pairs } = samplePairSet({ train: stripes, test: stripes }, job.seed, counts);
    const lossIn = (batchSize: number) => {
      const { model, scale } = trainedNetwork(run, newKernels(), { batchSize });
      return model.evaluate(model.load(pairs, scale)).loss;
    };
    expect(run.record.epochs[0]?.testLoss).toBe(lossIn(64));
    expect(lossIn(5)).not.toBe(lossIn(64));
  });
});

describe("too little memory", () => {
  /** An instance with so many bytes before 4 GiB. */
  const roomy = (bytes: number) => kernelsFrom(lastBefore(MOST_MEMORY - bytes), bytes);
  const inBatchesOf = (batchSize: number) =>
    smallJob("weight-sharing-auxiliary", { batchSize, trainPairs: 100, testPairs: 10, epochs: 1 });
  const lineOf = (job: Job, kernels: Kernels) => {
    kernels.reserve(MOST_MEMORY);
    try {
      finish(startJob(job, undefined, kernels));
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidRequest);
      return (error as Error).message;
    }
    return undefined;
  };

  test("gets one line with the largest batch that fits, and that one is trained", () => {
    const kernels = roomy(6 * 2 ** 20);
    const line = lineOf(inBatchesOf(1000), kernels);
    const needed = Math.ceil(bytesOf(shapeOf(inBatchesOf(100)), kernels.base) / 2 ** 20);
    const [most] = line?.match(/(?<=up to )\d+/) ?? [];
    expect(line).toBe(
      `100 pairs in a batch need ${needed} MiB of memory, but a network can have at most 4095 MiB: a batch size of up to ${most} fits`,
    );
    expect(lineOf(inBatchesOf(Number(most)), kernels)).toBeUndefined();
    expect(lineOf(inBatchesOf(Number(most) + 1), kernels)).toMatch(new RegExp(`: a batch size of up to ${most} fits$`));
    // What did not fit has left nothing behind.
    const usual = finish(startJob(inBatchesOf(3))).record;
    expect(finish(startJob(inBatchesOf(3), undefined, kernels)).record).toEqual(usual);
  });

  test("for the pairs in any batches gets a line with the number that fits", () => {
    const few = { batchSize: 1, testPairs: 1, epochs: 1 };
    const job = (trainPairs: number) => smallJob("quick", { ...few, trainPairs });
    const kernels = roomy(bytesOf(shapeOf(job(70)), 0));
    expect(lineOf(job(71), kernels)).toMatch(
      /^71 training and 1 test pairs need 4096 MiB of memory, but a network can have at most 4095 MiB: up to 70 training pairs fit, in batches of 1$/,
    );
    expect(lineOf(job(70), kernels)).toBeUndefined();
  });

  test.each([
    ["of many layers", [flatten(), linear(10_000), linear(200_000)]],
    ["whose weights no table could hold", [flatten(), linear(1_000_000), linear(1_000_000)]],
  ])("for the network itself gets a line: one %s", (_, head) => {
    const shape = { ...shapeOf(smallJob("mlp")), network: { trunk: [], head: [...head, linear(2)] } };
    expect(() => trainingBytes(shape, BASE, { there: MOST_MEMORY, owner: "a network can have at most" })).toThrow(
      /^the network itself needs more than 4095 MiB of memory, but a network can have at most 4095 MiB$/,
    );
  });
});
