import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findArchitecture } from "../architectures/index.js";
import { type LabelledImages, samplePairSet } from "../data/index.js";
import { compileKernels, Kernels } from "../engine/index.js";
import { scheduledRate } from "../settings/schedules.js";
import type { LoopSettings } from "./loop-settings.js";
import type { TrainingState } from "./state.js";
import { type EpochResult, train } from "./train.js";

const kernels = compileKernels(readFileSync(new URL("../../../dist/core/kernels/kernels.wasm", import.meta.url)));

/** Stripes whose place says the class. */
const images: LabelledImages = {
  count: 400,
  height: 28,
  width: 28,
  pixels: Uint8Array.from({ length: 400 * 784 }, (_, i) =>
    Math.floor((i % 784) / 56) === Math.floor(i / 784) % 10 ? 255 : 0,
  ),
  labels: Uint8Array.from({ length: 400 }, (_, i) => i % 10),
};
const sample = (options = {}) =>
  samplePairSet({ train: images, test: images }, 1, { trainPairs: 100, testPairs: 60, ...options });
const oneByOne = findArchitecture("one-by-one");

test.each([true, false])("a network without a head is judged by the pair set's own relation: always %s", (answer) => {
  const pairs = sample({ relation: { name: "constant", holds: () => answer } });
  for (const { result } of train(kernels, oneByOne, pairs, 0, { ...oneByOne, epochs: 1, evaluate: "epoch" }))
    expect(result).toMatchObject({ trainAccuracy: 1, testAccuracy: 1, testYes: answer ? 60 : 0 });
});

test("there is an event for each epoch; evaluated only at the end, only the last has a result", () => {
  const events = [...train(kernels, oneByOne, sample(), 0, { ...oneByOne, epochs: 3, evaluate: "end" })];
  expect(events.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  expect(events.map(({ result }) => result?.epoch)).toEqual([undefined, undefined, 3]);
});

test("stripes are learnt: the loss falls and the digits are distinguished", () => {
  const events = [...train(kernels, oneByOne, sample(), 0, { ...oneByOne, epochs: 15, evaluate: "epoch" })];
  const losses = events.map(({ result }) => result?.testLoss ?? Number.NaN);
  expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 4);
  expect(events.at(-1)?.result?.testAccuracy).toBeGreaterThan(0.95);
});

test("what was trained before, or evaluated between, changes no bit", () => {
  const settings = { ...oneByOne, epochs: 2 };
  const kept = new Kernels(kernels);
  const weightsAfter = (evaluate: "epoch" | "end", on: typeof kernels = kernels) => {
    const loop = train(on, oneByOne, sample(), 0, { ...settings, evaluate });
    let step = loop.next();
    while (!step.done) step = loop.next();
    const { model } = step.value;
    return model.state().map((tensor) => tensor.read(model.kernels));
  };
  const usual = weightsAfter("epoch");
  expect(weightsAfter("end")).toEqual(usual);
  for (const { epoch } of train(kept, findArchitecture("mlp"), sample(), 1, {
    ...findArchitecture("mlp"),
    epochs: 2,
    evaluate: "epoch",
  }))
    expect(epoch).toBeLessThan(3);
  expect(weightsAfter("epoch", kept)).toEqual(usual);
});

/** A training of three steps: what each leaves, its results, and the network that it ends with. */
function threeSteps(options: Partial<LoopSettings> = {}) {
  const pairs = sample();
  const settings = { ...oneByOne, batchSize: 100, epochs: 3, evaluate: "epoch", ...options } as const;
  const loop = train(kernels, oneByOne, pairs, 0, settings);
  const [states, results]: [TrainingState[], (EpochResult | undefined)[]] = [[], []];
  let step = loop.next();
  for (; !step.done; step = loop.next()) {
    states.push(step.value.state());
    results.push(step.value.result);
  }
  const { model, scale } = step.value;
  const weights = new Map(model.state().map((tensor) => [tensor.name, [...tensor.read(model.kernels)]]));
  const end = model.evaluate(model.load(pairs.test, scale));
  return { states, results, weights, end };
}
const named = (name: string, { tensors }: TrainingState) =>
  Array.from(tensors.find((tensor) => tensor.name === name)?.data as Float32Array);

test("an average that keeps nothing is the weights themselves", () => {
  const [plain, averaged] = [threeSteps(), threeSteps({ weightAverage: 0 })];
  expect(averaged.weights).toEqual(plain.weights);
  expect(averaged.results).toEqual(plain.results);
});

test("an average is evaluated and left in the end, while training goes on with the weights themselves", () => {
  const [plain, averaged] = [threeSteps(), threeSteps({ weightAverage: 0.6 })];
  for (const [name, left] of averaged.weights) {
    const [first, second, third] = averaged.states.map((state) => named(name, state)) as [number[], number[], number[]];
    expect([first, second, third]).toEqual(plain.states.map((state) => named(name, state)));
    // 0.6 (0.6 a + 0.4 b) + 0.4 c
    const far = left.map((value, e) => {
      const [a, b, c] = [first[e], second[e], third[e]] as [number, number, number];
      return Math.abs(value - (0.36 * a + 0.24 * b + 0.4 * c));
    });
    expect(Math.max(...far), name).toBeLessThan(1e-6);
  }
  expect(averaged.results[0]).toEqual(plain.results[0]);
  expect(averaged.results[2]?.testLoss).not.toBe(plain.results[2]?.testLoss);
  expect(averaged.end.loss).toBe(averaged.results[2]?.testLoss);
});

test("the schedule's rates are those of all the training's steps", () => {
  // A step of SGD without momentum is the rate times the gradient, which are the same in both trainings' first step.
  const sgd = { optimizer: "sgd", momentum: 0, learningRate: 0.5 } as const;
  const changeOf = (schedule?: "one-cycle") => {
    const [state] = threeSteps({ ...sgd, ...(schedule && { schedule }) }).states as [TrainingState];
    const [start] = threeSteps({ ...sgd, learningRate: 1e-30 }).states as [TrainingState];
    const before = named("trunk.10.bias", start);
    return named("trunk.10.bias", state).map((value, e) => value - (before[e] as number));
  };
  const [constant, cycle] = [changeOf(), changeOf("one-cycle")];
  const part = scheduledRate("one-cycle", 1, 0, 3);
  expect(part).toBeGreaterThan(0);
  constant.forEach((change, e) => {
    expect(Math.abs((cycle[e] as number) - part * change)).toBeLessThan(1e-7);
  });
});

test("clipping bounds what a step changes", () => {
  const norm = 0.001;
  const sgd = { optimizer: "sgd", momentum: 0, learningRate: 1, clipNorm: norm } as const;
  const [first, second] = threeSteps(sgd).states as [TrainingState, TrainingState];
  const changed = first.tensors.filter(({ name }) => /^trunk\..*(weight|bias)$/.test(name));
  const squares = changed.flatMap(({ name }) => {
    const [before, after] = [named(name, first), named(name, second)];
    return before.map((value, e) => (value - (after[e] as number)) ** 2);
  });
  // Rounding the weights takes part of so small a step.
  expect(Math.abs(Math.sqrt(squares.reduce((sum, square) => sum + square, 0)) / norm - 1)).toBeLessThan(1e-3);
});

test.each([
  [{ batchSize: 0 }, "batchSize must be a whole number from 1 to 10000, not 0"],
  [{ epochs: 1.5 }, "epochs must be a whole number from 1 to 100000, not 1.5"],
  [{ learningRate: Number.NaN }, "learningRate must be a number above 0 and at most 100, not NaN"],
  [{ dropout: 1 }, "dropout must be a number at least 0 and below 1, not 1"],
])("a setting out of range is refused before anything is trained: %o", (wrong, message) => {
  const settings = { ...oneByOne, evaluate: "end", ...wrong } as const;
  expect(() => train(kernels, oneByOne, sample(), 0, settings).next()).toThrow(message);
});
