import { describe, expect, it, test } from "vitest";
import { finish, nextCheckpoint, smallJob, startJob, stripes } from "../../../test/support/jobs.js";
import { newKernels } from "../../../test/support/kernels.js";
import { pixelScale } from "../data/index.js";
import { Model, makeOptimizer } from "../engine/index.js";
import { InvalidRequest } from "../errors.js";
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from "../formats/index.js";
import { evaluateRun } from "../inspection/evaluate-run.js";
import { Stream } from "../random/streams.js";
import type { SettingOverrides } from "../settings/training-settings.js";
import { divergedInWords, isUsable, MOST_LOSS } from "./divergence.js";
import { pairsOfJob } from "./run.js";
import type { TrainingState } from "./state.js";
import { type TrainingResult, train } from "./train.js";
import { trainedNetwork } from "./trained-network.js";
import { readWeights } from "./weights.js";

const SGD = { optimizer: "sgd", epochs: 6 } as const;
/** 21 pairs in batches of 8. */
const STEPS = 3;

/** Steps of SGD with momentum, written out, until a loss or a number of the network is not usable. */
function byHand(name: string, learningRate: number) {
  const job = smallJob(name, { ...SGD, learningRate });
  const { train: pairs, relation } = pairsOfJob(job, { train: stripes, test: stripes });
  const kernels = newKernels();
  const { height, width, channels, classCount: classes } = pairs;
  const input = { height, width, channels, classes };
  const model = new Model(kernels, job.config.network, input, { batchSize: 8, dropout: job.config.dropout, relation });
  model.initialize(job.seed);
  const optimizer = makeOptimizer("sgd", kernels, model.tensors);
  const loaded = model.load(pairs, pixelScale(pairs));
  const order = new Stream(job.seed, "batch order");
  for (let epoch = 1; ; epoch++) {
    const shuffled = order.sample(21, 21);
    for (let at = 0; at < 21; at += 8) {
      const step = optimizer.steps + 1;
      const loss = model.gradient(loaded, shuffled.subarray(at, at + 8));
      if (!(Math.abs(loss) <= 16_777_216)) return { epoch, step, what: "loss" };
      optimizer.step(learningRate);
      for (const tensor of model.state())
        for (const value of tensor.read(kernels)) if (!Number.isFinite(value)) return { epoch, step, what: "weights" };
    }
  }
}

describe("training ends at the step at which a loss or a weight leaves the numbers", () => {
  it.each([
    ["mlp", 3],
    ["mlp", 100],
    ["weight-sharing-auxiliary", 0.5],
    ["weight-sharing-auxiliary", 100],
    ["one-by-one", 3],
  ])("%s, learning rate %s", (name, learningRate) => {
    const { record } = finish(startJob(smallJob(name, { ...SGD, learningRate, evaluate: "end" })));
    expect(record.diverged).toEqual(byHand(name, learningRate));
    expect(record).toMatchObject({ trainError: Number.NaN, testError: Number.NaN, epochs: [] });
  });

  it.each<[string, string, SettingOverrides]>([
    ["evaluated at the end", "mlp", { evaluate: "end" }],
    ["averaged weights", "mlp", { weightAverage: 0.9 }],
    ["clipped gradients", "mlp", { clipNorm: 1e6 }],
    ["changed images and pairs", "one-by-one", { augmentation: { shift: 1 }, pairing: "shuffled" }],
    ["several members", "one-by-one", { members: 2 }],
    ["several views", "one-by-one", { views: "shifts" }],
    ["several partners", "weight-sharing-auxiliary", { partners: 3 }],
    ["muon", "mlp", { optimizer: "muon" }],
    ["lion", "mlp", { optimizer: "lion" }],
    ["rmsprop", "mlp", { optimizer: "rmsprop" }],
    ["adamw", "weight-sharing", { optimizer: "adamw", weightDecay: 1000 }],
  ])("with %s", (_, name, settings) => {
    const { record, weights } = finish(startJob(smallJob(name, { ...SGD, learningRate: 100, ...settings })));
    expect(record.diverged).toBeDefined();
    const { epoch, step } = record.diverged as { epoch: number; step: number };
    expect(Math.ceil(step / STEPS)).toBe(epoch);
    expect(record.epochs.map((each) => each.epoch)).toEqual(
      settings.evaluate === "end" ? [] : Array.from({ length: epoch - 1 }, (_, i) => i + 1),
    );
    for (const { trainLoss, testLoss } of record.epochs) expect(trainLoss + testLoss).toBeLessThan(2 * MOST_LOSS);
    expect(decodeSafetensors({ name: "weights", bytes: weights }).tensors.length).toBeGreaterThan(0);
  });
});

describe("what a loss does not tell is found in the weights", () => {
  /** Trains on from after the first epoch, with one tensor changed. */
  function goOn(
    tensor: string,
    change: (values: Float32Array) => void,
    { name = "weight-sharing-auxiliary", ...settings }: SettingOverrides & { readonly name?: string } = {},
  ): TrainingResult {
    const job = smallJob(name, { epochs: 2, ...settings });
    const pairs = pairsOfJob(job, { train: stripes, test: stripes });
    const { network, ...config } = job.config;
    const start = train(newKernels(), network, pairs, 1, config).next();
    if (start.done) throw new Error("it has ended");
    const state: TrainingState = start.value.state();
    const tensors = state.tensors.map((each): NamedTensor => {
      if (each.name !== tensor) return each;
      const data = Float32Array.from(each.data as Float32Array);
      change(data);
      return { ...each, data };
    });
    expect(tensors).not.toEqual(state.tensors);
    const run = train(newKernels(), network, pairs, 1, { ...config, from: { ...state, tensors } });
    let step = run.next();
    while (!step.done) step = run.next();
    return step.value;
  }

  it.each<[string, string, string, (values: Float32Array) => void]>([
    ["a bias whose ReLU is 0", "mlp", "head.1.bias", (values) => values.fill(Number.NEGATIVE_INFINITY, 0, 1)],
    ["a mean", "weight-sharing-auxiliary", "trunk.1.running_mean", (values) => values.fill(Number.NaN, 3, 4)],
    ["a variance", "weight-sharing-auxiliary", "trunk.5.running_var", (values) => values.fill(1 / 0, 63)],
  ])("%s of %s", (_, name, tensor, change) => {
    expect(goOn(tensor, change, { name }).diverged).toEqual({ epoch: 2, step: STEPS + 1, what: "weights" });
  });

  it("an average of weights, where it is evaluated", () => {
    const change = (values: Float32Array) => values.fill(Number.NaN, 0, 1);
    const { diverged } = goOn("average.trunk.0.weight", change, { weightAverage: 0.5 });
    expect(diverged).toEqual({ epoch: 2, step: 2 * STEPS, what: "weights" });
  });

  it("but numbers of which only the sum is infinite are numbers", () => {
    expect(goOn("head.1.bias", (values) => values.fill(-3e38), { name: "mlp" }).diverged).toBeUndefined();
  });
});

test("an evaluation whose loss is too large ends training at its epoch's last step, and is not among the results", () => {
  const { record } = finish(startJob(smallJob("mlp", { ...SGD, learningRate: 0.5, epochs: 6 })));
  const later = finish(startJob(smallJob("mlp", { ...SGD, learningRate: 0.5, epochs: 6, evaluate: "end" })));
  expect(record.diverged).toEqual({ epoch: 6, step: 6 * STEPS, what: "loss" });
  expect(later.record.diverged).toEqual(record.diverged);
  expect(record.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
});

test("a loss is usable to 2^24 nats", () => {
  expect([0, 2 ** 24, -1].every(isUsable)).toBe(true);
  expect([2 ** 24 + 2, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].some(isUsable)).toBe(false);
});

test("in words", () => {
  expect(divergedInWords({ epoch: 2, step: 41, what: "loss" })).toBe(
    "diverged at epoch 2, step 41, where its loss became too large or not a number",
  );
  expect(divergedInWords({ epoch: 2, step: null, what: "weights" })).toBe(
    "diverged at epoch 2, where a weight became infinite or not a number",
  );
});

describe("a run that diverged", () => {
  const job = smallJob("one-by-one", { ...SGD, learningRate: 0.5 });
  const whole = finish(startJob(job));

  it("diverges at the same step from any checkpoint", () => {
    expect(whole.record.diverged?.epoch).toBe(5);
    const run = startJob(job);
    for (let epoch = 1; epoch <= 4; epoch++) {
      const again = finish(startJob(job, nextCheckpoint(run)));
      expect(again.record).toEqual(whole.record);
      expect(Buffer.compare(again.weights, whole.weights)).toBe(0);
    }
  });

  it("is refused by what asks its network", () => {
    const refusal = /^run [0-9a-f]{16} diverged at epoch 5, step \d+, where its loss .*: its network answers nothing$/;
    expect(() => trainedNetwork(whole, newKernels())).toThrow(refusal);
    expect(() => evaluateRun(whole, { train: stripes, test: stripes }, newKernels(), 10)).toThrow(InvalidRequest);
  });
});

test("a file of weights that are not finite is refused by its tensor", () => {
  const { network } = smallJob("mlp").config;
  const input = { height: 14, width: 14, channels: 1, classes: 10 };
  const { weights } = finish(startJob(smallJob("mlp", { epochs: 1 })));
  const { tensors, metadata } = decodeSafetensors({ name: "weights", bytes: weights });
  const changed = tensors.map((each) =>
    each.name === "head.3.bias"
      ? { ...each, data: Float32Array.from(each.data as Float32Array).fill(1 / 0, 2, 3) }
      : each,
  );
  const bytes = encodeSafetensors(changed, metadata);
  expect(() => readWeights({ name: "w", bytes }, newKernels(), network, input, { batchSize: 8 })).toThrow(
    /^w: head\.3\.bias has numbers that are not finite: its training diverged$/,
  );
});

test("a file of weights says where training diverged, and is refused though its numbers are finite", () => {
  const job = smallJob("mlp", { ...SGD, learningRate: 3 });
  const { record, weights } = finish(startJob(job));
  const { tensors, metadata } = decodeSafetensors({ name: "weights", bytes: weights });
  const floats = tensors.flatMap(({ data }) => (data instanceof Float32Array ? [...data] : []));
  expect(floats.every(Number.isFinite)).toBe(true);
  const { epoch, step } = record.diverged as { epoch: number; step: number };
  expect(metadata.diverged).toBe(`epoch ${epoch}, step ${step}`);
  const input = { height: 14, width: 14, channels: 1, classes: 10 };
  expect(() =>
    readWeights({ name: "w", bytes: weights }, newKernels(), job.config.network, input, { batchSize: 8 }),
  ).toThrow(`w: its training diverged at epoch ${epoch}, step ${step}`);
});
