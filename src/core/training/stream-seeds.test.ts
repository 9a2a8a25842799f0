import { describe, expect, test } from "vitest";
import { finish, smallJob, startJob, stripes } from "../../../test/support/jobs.js";
import { newKernels } from "../../../test/support/kernels.js";
import { findArchitecture } from "../architectures/index.js";
import { samplePairSet } from "../data/index.js";
import type { SettingOverrides } from "../settings/training-settings.js";
import { pairsOfJob } from "./run.js";
import { fixedStreams, mostTold, parseStreams, STREAM_NAMES } from "./stream-seeds.js";
import { train } from "./train.js";

const images = { train: stripes, test: stripes };
const augmented = { augmentation: { shift: 2 }, epochs: 2 } as const;
const record = (settings: SettingOverrides, seed: number) =>
  finish(startJob(smallJob("one-by-one", { ...augmented, ...settings }, seed))).record;

describe("seeds of single streams", () => {
  test("all of another run's: that run's weights, measured on the own test pairs", () => {
    const [held, other] = [record(fixedStreams(STREAM_NAMES, 5), 1), record({}, 5)];
    expect(held.weightsSha256).toBe(other.weightsSha256);
    expect(held.trainError).toBe(other.trainError);
    const pairs = (settings: SettingOverrides, seed: number) =>
      pairsOfJob(smallJob("one-by-one", settings, seed), images);
    expect(pairs(fixedStreams(["data"], 5), 1)).toEqual({ ...pairs({}, 5), test: pairs({}, 1).test });
  });

  test("the run's own, and those of streams that it does not draw from: the run without them", () => {
    for (const [name, settings] of [
      ["one-by-one", fixedStreams(STREAM_NAMES, 1)],
      ["mlp", { dropoutSeed: 9, augmentationSeed: 9 }],
      ["one-by-one", { dropout: 0, dropoutSeed: 9 }],
    ] as const) {
      const { dropout } = settings as SettingOverrides;
      expect(smallJob(name, settings)).toEqual(smallJob(name, dropout === undefined ? {} : { dropout }));
    }
  });

  test("one alone changes the weights, and each another way", () => {
    const all = [record({}, 1), ...STREAM_NAMES.map((stream) => record(fixedStreams([stream], 5), 1))];
    expect(new Set(all.map(({ weightsSha256 }) => weightsSha256)).size).toBe(all.length);
  });

  test.each<[string, SettingOverrides]>([
    ["by number", {}],
    ["in several pairs, split anew by each seed", { reuse: true }],
    ["by class", { split: "classes", relation: "equal" }],
    ["validation pairs", { evaluateOn: "validation" }],
  ])("data: training pairs are the seed's, %s", (_, settings) => {
    const drawn = (dataSeed: number | undefined, seed: number) =>
      pairsOfJob(smallJob("mlp", { ...settings, ...(dataSeed !== undefined && { dataSeed }) }, seed), images);
    const [held, other, own] = [drawn(5, 1), drawn(undefined, 5), drawn(undefined, 1)];
    expect(held.train).toEqual(other.train);
    if (settings.evaluateOn === "validation") expect(held.test).toEqual(other.test);
    else expect(held.test).not.toEqual(other.test);
    expect(own.train).not.toEqual(other.train);
    if (settings.split === "classes")
      expect([...held.test.classes].filter((number) => held.train.classes.includes(number))).toEqual([]);
  });

  test("order: also of pairing and partners, in `train` and from a checkpoint", () => {
    const pairs = samplePairSet(images, 2, { trainPairs: 21, testPairs: 20, dataSeed: 1 });
    expect(pairs.train).toEqual(samplePairSet(images, 1, { trainPairs: 21, testPairs: 20 }).train);
    const { network } = smallJob("weight-sharing").config;
    const own = findArchitecture("weight-sharing");
    const settings = { ...own, epochs: 2, batchSize: 8, evaluate: "epoch", pairing: "shuffled", partners: 3 } as const;
    const kernels = newKernels();
    const trained = (more: SettingOverrides, seed: number, at = 0) => {
      const whole = { ...settings, ...more } as typeof settings;
      const loop = train(kernels, network, pairs, seed, whole);
      let step = loop.next();
      const state = !step.done && at > 0 ? step.value.state() : undefined;
      if (state) {
        const rest = train(kernels, network, pairs, seed, { ...whole, from: state });
        for (step = rest.next(); !step.done; ) step = rest.next();
      } else while (!step.done) step = loop.next();
      const { model } = step.value;
      return model.state().map((tensor) => tensor.read(model.kernels));
    };
    const held = trained({ orderSeed: 7, initSeed: 4 }, 3);
    expect(held).toEqual(trained({ initSeed: 4 }, 7));
    expect(held).toEqual(trained({ orderSeed: 7, initSeed: 4 }, 3, 1));
    expect(held).not.toEqual(trained({ initSeed: 4 }, 3));
  });
});

test("names of streams, separated by commas", () => {
  expect(parseStreams("order, data")).toEqual(["data", "order"]);
  for (const wrong of ["", "weights", "data,,init", "data,data", "toString"])
    expect(() => parseStreams(wrong)).toThrow(
      "It must be some of data, init, order, dropout, augmentation, each once, separated by commas.",
    );
});

test("of the rounds of an experiment, the one that says most is told", () => {
  const rounds = [0, 1, 2].map((seed) => smallJob("mlp", fixedStreams(["data", "init"], 0), seed));
  expect(rounds.map(({ config }) => config.dataSeed)).toEqual([undefined, 0, 0]);
  expect(mostTold(rounds)).toBe(rounds[1]);
  expect(mostTold([])).toBeUndefined();
});

test.each([
  [{ dataSeed: -1 }, "mlp: dataSeed must be a whole number from 0 to 9007199254740991, not -1"],
  [{ initSeed: 0.5 }, "mlp: initSeed must be a whole number from 0 to 9007199254740991, not 0.5"],
])("%o is refused", (settings, message) => {
  expect(() => smallJob("mlp", settings)).toThrow(message);
});
