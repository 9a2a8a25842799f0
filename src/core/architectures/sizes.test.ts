import { describe, expect, test } from "vitest";
import { engine } from "../../../test/support/jobs.js";
import { newKernels } from "../../../test/support/kernels.js";
import { uniform } from "../../../test/support/models.js";
import { inputOf, samplePairSet } from "../data/index.js";
import { makeJob, train } from "../training/index.js";
import { relationOf } from "../training/job.js";
import { trainingBytes } from "../training/room.js";
import { architectures, findArchitecture, furtherArchitectures } from "./index.js";

/** Of one network each size and number of classes, from the smallest that people bring to the largest. */
const SHAPES = [
  { side: 8, channels: 1, classes: 2 },
  { side: 14, channels: 1, classes: 250 },
  { side: 28, channels: 1, classes: 26 },
  { side: 32, channels: 3, classes: 10 },
  { side: 48, channels: 1, classes: 62 },
  { side: 64, channels: 3, classes: 2 },
] as const;
const NAMES = [
  ...[...architectures, ...furtherArchitectures].map(({ name }) => name),
  ...["trunk", "trunk+sharing+auxiliary+batch-norm+dropout", "trunk+auxiliary+rule"],
];
/** Networks whose convolutions leave nothing of 8×8, and what they must see. */
const TOO_SMALL = new Map([
  ...["simple-cnn", "weight-sharing", "weight-sharing-auxiliary", "one-by-one", "weight-sharing-auxiliary-tuned"].map(
    (name) => [name, 10] as const,
  ),
  ...["matching", "ranking", ...NAMES.filter((name) => name.startsWith("trunk"))].map((name) => [name, 10] as const),
  ["lenet-5", 12],
]);

const [TRAIN_PAIRS, TEST_PAIRS] = [3, 2];
const kernels = newKernels();
const dataset = (shape: { height: number; width: number; channels: number; classes: number }) => ({
  ...{ name: "random", sha256: "0".repeat(64), shape },
});

function randomImages({ side, channels, classes }: (typeof SHAPES)[number]) {
  const next = uniform(side + classes);
  const count = Math.max(2 * TRAIN_PAIRS, classes);
  return {
    ...{ count, height: side, width: side, channels, classes, pooling: 1 as const },
    pixels: Uint8Array.from({ length: count * channels * side ** 2 }, () => Math.floor(256 * next())),
    labels: Uint8Array.from({ length: count }, () => Math.floor(classes * next())),
  };
}

function lastResult(images: ReturnType<typeof randomImages>, name: string) {
  const counts = { trainPairs: TRAIN_PAIRS, testPairs: TEST_PAIRS };
  const settings = { ...counts, epochs: 1, batchSize: 2, evaluate: "end" } as const;
  const { config, seed } = makeJob(name, 1, dataset(inputOf(images)), engine, settings);
  const loop = train(kernels, config.network, samplePairSet({ train: images, test: images }, 1, counts), seed, config);
  let step = loop.next();
  let result = step.done ? undefined : step.value.result;
  for (; !step.done; step = loop.next()) result = step.value.result;
  return result;
}

describe.each(SHAPES)("$side×$side, $channels channels, $classes classes", (shape) => {
  const images = randomImages(shape);

  test.each(NAMES)("%s trains an epoch, or says what it must see", (name) => {
    const least = shape.side === 8 ? TOO_SMALL.get(name) : undefined;
    if (least === undefined) {
      const { trainLoss = Number.NaN, testLoss = Number.NaN } = lastResult(images, name) ?? {};
      expect(trainLoss + testLoss).toBeLessThan(Number.POSITIVE_INFINITY);
      return;
    }
    expect(() => lastResult(images, name)).toThrow(
      new RegExp(
        `^${name.replaceAll("+", "\\+")}: \\w+\\.\\d+: an? \\d×\\d (max-pool|convolution) does not fit \\d+ channels of \\d×\\d: it needs (\\d)×\\2 at least; this network must see ${least}×${least} at least$`,
      ),
    );
  });
});

test("what a network must see is the least that it fits", () => {
  for (const [name, least] of TOO_SMALL) {
    const job = (side: number) =>
      makeJob(name, 1, dataset({ height: side, width: side, channels: 1, classes: 10 }), engine);
    expect(() => job(least - 1)).toThrow(`must see ${least}×${least}`);
    expect(job(least).architecture).toBe(name);
  }
});

test.each([
  ["best-ensemble", 26],
  ["best-learned", 62],
  ["quick", 250],
])("the digits of %s are the %i classes", (name, classes) => {
  const { config } = makeJob(name, 1, dataset({ height: 28, width: 28, channels: 1, classes }), engine);
  expect(config.network.trunk.at(-1)).toEqual({ kind: "linear", features: classes });
  expect(findArchitecture(name).trunk.at(-1)).toEqual({ kind: "linear", features: 10 });
});

test("a learned comparison of 250 classes sees 62,500 products for each of many pairs: too large a batch gets one line", () => {
  const shape = { height: 14, width: 14, channels: 1, classes: 250 };
  const {
    network,
    trainPairs,
    testPairs,
    relation: _,
    ...settings
  } = makeJob("best-learned", 1, dataset(shape), engine).config;
  const room = {
    ...{ network, input: shape, trainPairs, testPairs, settings },
    relation: relationOf({ relation: "less-or-equal", dataset: dataset(shape) }),
  };
  const memory = { there: 2 ** 32 - 2 ** 16, owner: "a network can have at most" };
  expect(() => trainingBytes(room, kernels.base, memory)).toThrow(
    /^50 pairs in a batch need 4\d{3} MiB of memory, but a network can have at most 4095 MiB: a batch size of up to 4\d fits$/,
  );
});
