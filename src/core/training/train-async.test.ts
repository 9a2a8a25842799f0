import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findArchitecture } from "../architectures/index.js";
import { type LabelledImages, samplePairSet } from "../data/index.js";
import { compileKernels, Kernels } from "../engine/index.js";
import { train } from "./train.js";
import { trainAsync } from "./train-async.js";
import { encodeWeights } from "./weights.js";

const kernels = compileKernels(readFileSync(new URL("../../../dist/core/kernels/kernels.wasm", import.meta.url)));
const images: LabelledImages = {
  count: 200,
  height: 28,
  width: 28,
  pixels: Uint8Array.from({ length: 200 * 784 }, (_, i) => (i * 7919) % 256),
  labels: Uint8Array.from({ length: 200 }, (_, i) => i % 10),
};
const pairs = samplePairSet({ train: images, test: images }, 1, { trainPairs: 100, testPairs: 60 });
const network = findArchitecture("weight-sharing");
const settings = { ...network, epochs: 3, evaluate: "epoch" } as const;

test("it has the events and the bits of train", async () => {
  const loop = train(kernels, network, pairs, 5, settings);
  const events = [];
  let step = loop.next();
  for (; !step.done; step = loop.next()) events.push({ ...step.value });
  const other = trainAsync(kernels, network, pairs, 5, settings);
  const others = [];
  let next = await other.next();
  for (; !next.done; next = await other.next()) others.push({ ...next.value });
  expect(others).toEqual(events);
  expect(encodeWeights(next.value.model, next.value.scale, "x")).toEqual(
    encodeWeights(step.value.model, step.value.scale, "x"),
  );
});

test("an event's state goes on to the bits of a training that never stopped", async () => {
  const lossOf = async (from?: Parameters<typeof trainAsync>[4]["from"]) => {
    let loss = 0;
    for await (const { result } of trainAsync(kernels, network, pairs, 5, { ...settings, ...(from && { from }) }))
      loss = result?.testLoss ?? Number.NaN;
    return loss;
  };
  for await (const event of trainAsync(kernels, network, pairs, 5, settings)) {
    const from = event.state();
    expect(await lossOf(from)).toBe(await lossOf());
    break;
  }
});

test("timers run between its steps", async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 0);
  let atFirstEpoch = 0;
  for await (const { epoch } of trainAsync(kernels, network, pairs, 5, { ...settings, batchSize: 2 })) {
    if (epoch === 1) atFirstEpoch = ticks;
  }
  clearInterval(timer);
  expect(atFirstEpoch).toBeGreaterThan(0);
});

test("it ends with the reason of an aborted signal, within an epoch", async () => {
  const controller = new AbortController();
  const epochs: number[] = [];
  const training = async () => {
    const asked = { ...settings, batchSize: 2, epochs: 1000 };
    for await (const { epoch } of trainAsync(kernels, network, pairs, 5, asked, { signal: controller.signal }))
      epochs.push(epoch);
  };
  setTimeout(() => controller.abort(new Error("enough")), 0);
  await expect(training()).rejects.toThrow("enough");
  expect(epochs).toEqual([]);
});

test("two at once on one instance of the kernels are refused, where they would spoil each other", async () => {
  const shared = new Kernels(kernels);
  const run = async (seed: number) => {
    for await (const _ of trainAsync(shared, network, pairs, seed, { ...settings, batchSize: 10 }));
  };
  const [first, second] = await Promise.allSettled([run(1), run(2)]);
  expect(first).toMatchObject({
    status: "rejected",
    reason: { message: expect.stringContaining("kernels of its own") },
  });
  expect(second).toMatchObject({ status: "fulfilled" });
});

test.each([
  [{ sginal: 1 }, 'there is no option "sginal": did you mean signal?'],
  [{ signal: {} }, "signal.aborted"],
  [{ signal: "x" }, "signal must be an object"],
])("options %j are refused", async (options, message) => {
  await expect(trainAsync(kernels, network, pairs, 5, settings, options as object).next()).rejects.toThrow(message);
});

test("a wrong request is refused as train refuses it", async () => {
  const asked = { ...settings, epochs: 0 };
  await expect(trainAsync(kernels, network, pairs, 5, asked).next()).rejects.toThrow("epochs must be a whole number");
});
