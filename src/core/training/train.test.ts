import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findArchitecture } from "../architectures/index.js";
import { type LabelledImages, samplePairSet } from "../data/index.js";
import { compileKernels, Kernels } from "../engine/index.js";
import { train } from "./train.js";

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
    expect(result).toMatchObject({ trainAccuracy: 1, testAccuracy: 1 });
});

test("an event an epoch; evaluated at the end alone, only the last has a result", () => {
  const events = [...train(kernels, oneByOne, sample(), 0, { ...oneByOne, epochs: 3, evaluate: "end" })];
  expect(events.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  expect(events.map(({ result }) => result?.epoch)).toEqual([undefined, undefined, 3]);
});

test("stripes are learnt: the loss falls and the digits are told apart", () => {
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
  for (const { epoch } of train(kept, findArchitecture("mlp"), sample(), 1, { ...settings, evaluate: "epoch" }))
    expect(epoch).toBeLessThan(3);
  expect(weightsAfter("epoch", kept)).toEqual(usual);
});

test.each([
  [{ batchSize: 0 }, "batchSize must be a whole number ≥ 1, not 0"],
  [{ epochs: 1.5 }, "epochs must be a whole number ≥ 1, not 1.5"],
  [{ learningRate: Number.NaN }, "learningRate must be a number above 0, not NaN"],
  [{ dropout: 1 }, "dropout must be at least 0 and below 1, not 1"],
])("a setting out of range is refused before anything is trained: %o", (wrong, message) => {
  const settings = { ...oneByOne, evaluate: "end", ...wrong } as const;
  expect(() => train(kernels, oneByOne, sample(), 0, settings).next()).toThrow(message);
});
