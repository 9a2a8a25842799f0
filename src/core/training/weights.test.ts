import { describe, expect, test } from "vitest";
import { finish, smallJob, startJob, stripes } from "../../../test/support/jobs.js";
import { newKernels } from "../../../test/support/kernels.js";
import { architectures } from "../architectures/index.js";
import { samplePairSet } from "../data/index.js";
import { decodeSafetensors, encodeSafetensors } from "../formats/index.js";
import { DIGIT_PAIRS } from "../network/index.js";
import type { Job } from "./job.js";
import { encodeWeights, readWeights } from "./weights.js";

const read = (bytes: Uint8Array, { config: { network, batchSize, dropout } }: Job, kernels = newKernels()) =>
  readWeights({ name: "weights", bytes }, kernels, network, DIGIT_PAIRS, { batchSize, dropout });

describe("weights that are read back", () => {
  test.each([...architectures.map(({ name }) => name), "resnet-sharing-auxiliary", "matching", "ranking"])(
    "evaluate to the last bit as they did in training: %s",
    (name) => {
      const job = smallJob(name, { epochs: 2 });
      const { record, weights } = finish(startJob(job));
      // Beside another model in the same memory.
      const kernels = newKernels();
      read(weights, job, kernels);
      const { model, scale } = read(weights, job, kernels);
      const pairs = samplePairSet({ train: stripes, test: stripes }, job.seed, { trainPairs: 21, testPairs: 20 });
      const [onTraining, onTest] = [
        model.evaluate(model.load(pairs.train, scale)),
        model.evaluate(model.load(pairs.test, scale)),
      ];
      const last = record.epochs.at(-1);
      expect([onTraining.loss, onTest.loss]).toEqual([last?.trainLoss, last?.testLoss]);
      expect([onTraining.errors / 21, onTest.errors / 20]).toEqual([record.trainError, record.testError]);
      expect(Buffer.compare(encodeWeights(model, scale, name), weights)).toBe(0);
    },
  );
});

const job = smallJob("simple-cnn", { epochs: 1 });
const { weights } = finish(startJob(job));
const { tensors, metadata } = decodeSafetensors({ name: "weights", bytes: weights });

describe("weights that do not fit are refused", () => {
  test("those of another network", () => {
    expect(() => read(weights, smallJob("weight-sharing"))).toThrow(
      'weights: there is no tensor "trunk.0.weight", F32 [32,1,5,5]',
    );
  });

  test("those with more tensors than the network", () => {
    const more = [...tensors, { name: "trunk.0.weight", shape: [1], data: Float32Array.of(1) }];
    expect(() => read(encodeSafetensors(more, metadata), job)).toThrow(
      'weights: the network has no tensor "trunk.0.weight"',
    );
  });

  test.each([
    [undefined, "weights: the metadata's pixel_mean is missing, not a number"],
    ["grey", "weights: the metadata's pixel_mean is grey, not a number"],
    ["33,15", "weights: the metadata's pixel_mean is 33,15, not a number"],
    ["0x21", "weights: the metadata's pixel_mean is 0x21, not a number"],
    ["Infinity", "weights: the metadata's pixel_mean is Infinity, not a number"],
  ])("those with a pixel mean of %s", (mean, message) => {
    const { pixel_mean: _, ...others } = metadata;
    const changed = mean === undefined ? others : { ...others, pixel_mean: mean };
    expect(() => read(encodeSafetensors(tensors, changed), job)).toThrow(message);
  });

  test.each(["0", "-71.18", "NaN", "-0", "1e-400"])("those with a pixel deviation of %s", (deviation) => {
    const changed = { ...metadata, pixel_standard_deviation: deviation };
    expect(() => read(encodeSafetensors(tensors, changed), job)).toThrow(
      `weights: the metadata's pixel_standard_deviation is ${deviation}, not a number above 0`,
    );
  });
});
