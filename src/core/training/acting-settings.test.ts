import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stripes } from "../../../test/support/jobs.js";
import { newKernels } from "../../../test/support/kernels.js";
import { architectures, findArchitecture, furtherArchitectures } from "../architectures/index.js";
import { augmentations, samplePairSet } from "../data/index.js";
import { OPTIMIZERS } from "../engine/optimizers/registry.js";
import { InvalidRequest } from "../errors.js";
import { DIGIT_PAIRS } from "../network/index.js";
import { SCHEDULES } from "../settings/schedules.js";
import type { SettingOverrides } from "../settings/training-settings.js";
import { type Job, makeJob } from "./job.js";
import type { LoopSettings } from "./loop-settings.js";
import { type EpochResult, train } from "./train.js";

const dataset = { name: "stripes", sha256: "0".repeat(64) };
const engine = { version: "0", simd: "base", kernels: "0".repeat(64) } as const;
const jobOf = (name: string, settings: SettingOverrides = {}): Job =>
  makeJob(name, 7, { ...dataset, shape: DIGIT_PAIRS }, engine, settings);
const names = [...architectures, ...furtherArchitectures].map(({ name }) => name);

/** What a run has where nothing is said, spelled out. */
const DEFAULTS: Required<Omit<SettingOverrides, "momentum" | "weightDecay" | keyof typeof OWN>> = {
  trainPairs: 1000,
  testPairs: 1000,
  relation: "less-or-equal",
  evaluateOn: "test",
  // The run's own.
  ...{ dataSeed: 7, initSeed: 7, orderSeed: 7, dropoutSeed: 7, augmentationSeed: 7 },
};
const OFF = {
  nesterov: false,
  schedule: "constant",
  clipNorm: 0,
  weightAverage: 0,
  labelSmoothing: 0,
  labelFraction: 1,
  views: "none",
  augmentation: augmentations.none,
  pairing: "drawn",
  partners: 1,
  balance: false,
  split: "images",
  reuse: false,
  auxiliaryWeight: 0,
  pairWeight: 1,
  members: 1,
} as const;
const OWN = {
  ...OFF,
  epochs: 0,
  batchSize: 0,
  learningRate: 0,
  optimizer: "adam",
  dropout: 0,
  evaluate: "epoch",
} as const;

/** An architecture's own settings, spelled out; momentum and weight decay where its optimizer is the one. */
function spelledOut(name: string, { optimizer }: SettingOverrides): SettingOverrides {
  const own = findArchitecture(name);
  const named = Object.keys(OWN) as (keyof typeof OWN)[];
  const settings = Object.fromEntries(
    named.map((each) => [each, own[each] ?? OFF[each as keyof typeof OFF] ?? "epoch"]),
  );
  const trainedBy = String(optimizer ?? own.optimizer);
  const momentum = { sgd: 0.9, muon: 0.95 }[trainedBy];
  const isOwn = trainedBy === own.optimizer && own.weightDecay !== undefined;
  const weightDecay = isOwn ? own.weightDecay : ({ adamw: 0.01, muon: 0.01 }[trainedBy] ?? 0);
  return { ...DEFAULTS, ...settings, ...(momentum !== undefined && { momentum }), weightDecay };
}

const changes = fc.record(
  {
    epochs: fc.constantFrom(1, 3),
    batchSize: fc.constantFrom(1, 20, 2000),
    learningRate: fc.constantFrom(1e-3, 0.5),
    optimizer: fc.constantFrom(...OPTIMIZERS),
    dropout: fc.constantFrom(0, 0.3),
    trainPairs: fc.constantFrom(1, 20, 300),
    testPairs: fc.constantFrom(1, 4000),
    evaluate: fc.constantFrom("epoch", "end"),
    evaluateOn: fc.constantFrom("test", "validation"),
    momentum: fc.constantFrom(0, 0.5, 0.9),
    nesterov: fc.boolean(),
    weightDecay: fc.constantFrom(0, -0, 0.01, 0.1),
    schedule: fc.constantFrom("constant", ...SCHEDULES),
    clipNorm: fc.constantFrom(0, -0, 1),
    weightAverage: fc.constantFrom(0, 0.9),
    labelSmoothing: fc.constantFrom(0, 0.1),
    labelFraction: fc.constantFrom(1, 0.999, 0.5),
    views: fc.constantFrom("none", "shifts"),
    augmentation: fc.constantFrom({}, { rotation: 0, noise: 3 }, augmentations.strong),
    pairing: fc.constantFrom("drawn", "swapped", "shuffled"),
    partners: fc.constantFrom(1, 2, 40, 5000),
    auxiliaryWeight: fc.constantFrom(0, 0.5, 1),
    pairWeight: fc.constantFrom(0, 1, 0.5),
    members: fc.constantFrom(1, 2),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<SettingOverrides>;

/** The job, or why there is none. */
function attempt(name: string, settings: SettingOverrides): Job | string {
  try {
    return jobOf(name, settings);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidRequest);
    return (error as Error).message;
  }
}

test("what is spelled out and is so anyway changes no run, whatever else is changed", () => {
  fc.assert(
    fc.property(fc.constantFrom(...names), changes, (name, settings) => {
      const job = attempt(name, settings);
      if (typeof job === "string") return;
      const whole = { ...spelledOut(name, settings), ...settings };
      const reversed = Object.fromEntries(Object.entries(whole).reverse());
      expect(attempt(name, reversed)).toEqual(job);
      expect(attempt(name, { ...{ epochs: undefined, views: undefined }, ...settings } as SettingOverrides)).toEqual(
        job,
      );
      // A configuration that is asked for as it stands is itself.
      const { network, dataset: _, engine: __, ...config } = job.config;
      const { auxiliaryWeight, pairWeight = 1, members = 1 } = network;
      const off = { ...OFF, auxiliaryWeight, pairWeight, members };
      const usual = spelledOut(name, { optimizer: config.optimizer });
      const { momentum, weightDecay } = {
        momentum: usual.momentum,
        weightDecay: { adamw: 0.01, muon: 0.01 }[String(config.optimizer)] ?? 0,
      };
      expect(attempt(name, { ...off, ...(momentum !== undefined && { momentum }), weightDecay, ...config })).toEqual(
        job,
      );
    }),
    { numRuns: 100 },
  );
});

describe("one form", () => {
  test.each<[string, string, SettingOverrides, SettingOverrides]>([
    ["AdamW without weight decay is Adam", "mlp", { optimizer: "adamw", weightDecay: 0 }, {}],
    ["also where it is the own", "best", { weightDecay: 0 }, { optimizer: "adam" }],
    ["a batch has at most the pairs there are", "mlp", { batchSize: 10_000 }, { batchSize: 1000 }],
    ["an image meets all others at most", "best-learned", { batchSize: 20 }, { batchSize: 20, partners: 39 }],
    ["of all pairs too", "best-learned", { trainPairs: 10 }, { trainPairs: 10, partners: 19 }],
    ["two stand for any number that meet", "best-learned", { batchSize: 1 }, { batchSize: 1, partners: 2 }],
    ["after the only epoch is at the end", "mlp", { epochs: 1, evaluate: "end" }, { epochs: 1 }],
    ["no dropout where there is none", "mlp", { dropout: 0 }, {}],
    ["the head's loss counts once", "best-learned", { pairWeight: 1 }, {}],
    ["no head's loss counts", "one-by-one", { pairWeight: 1 }, {}],
  ])("%s", (_, name, spelled, plain) => {
    expect(jobOf(name, spelled)).toEqual(jobOf(name, plain));
  });

  test("is not for what differs", () => {
    const ids = [{}, { partners: 1 }, { partners: 2 }, { partners: 3 }].map((own) => {
      return jobOf("best-learned", { batchSize: 1, ...own }).id;
    });
    expect(new Set(ids).size).toBe(2);
    expect(jobOf("mlp", { optimizer: "adamw" }).id).not.toBe(jobOf("mlp").id);
    expect(jobOf("mlp", { optimizer: "sgd", momentum: 0 }).id).not.toBe(jobOf("mlp", { optimizer: "sgd" }).id);
  });
});

describe("what has one form trains to the same bits", () => {
  const pairs = samplePairSet({ train: stripes, test: stripes }, 1, { trainPairs: 21, testPairs: 20 });
  const kernels = newKernels();
  const trained = (name: string, settings: Partial<LoopSettings>) => {
    const { trunk, head, auxiliaryWeight = 0, pairWeight = 1, ...own } = findArchitecture(name);
    const network = { trunk, head, auxiliaryWeight, ...(head.length > 0 && { pairWeight }) };
    const few = { ...own, epochs: 2, batchSize: 8, evaluate: "epoch" } as const;
    const loop = train(kernels, network, pairs, 3, { ...few, ...settings });
    const results: (EpochResult | undefined)[] = [];
    let step = loop.next();
    for (; !step.done; step = loop.next()) results.push(step.value.result);
    const { model } = step.value;
    return { results, weights: model.state().map((tensor) => tensor.read(model.kernels)) };
  };

  test.each<[string, Partial<LoopSettings>, Partial<LoopSettings>]>([
    ["quick", { optimizer: "adamw", weightDecay: 0 }, { optimizer: "adam" }],
    ["mlp", { optimizer: "sgd", momentum: 0.9, nesterov: false }, { optimizer: "sgd" }],
    ["mlp", { optimizer: "muon", momentum: 0.95, weightDecay: 0.01 }, { optimizer: "muon" }],
    ["simple-cnn", { batchSize: 10_000 }, { batchSize: 21 }],
    ["best-learned", { partners: 99 }, { partners: 15 }],
    ["best-learned", { partners: 7, batchSize: 1 }, { partners: 2, batchSize: 1 }],
    ["quick", { epochs: 1, evaluate: "end" }, { epochs: 1 }],
    [
      "weight-sharing-auxiliary",
      { ...OFF, augmentation: { shift: 0, resampling: "bilinear" } } as Partial<LoopSettings>,
      { auxiliaryWeight: 0.5 } as Partial<LoopSettings>,
    ],
  ])("%s: %o and %o", (name, spelled, plain) => {
    const { auxiliaryWeight: _, ...settings } = spelled as typeof spelled & { auxiliaryWeight?: number };
    expect(trained(name, settings)).toEqual(trained(name, plain));
  });
});

describe("a setting that has no effect is refused", () => {
  test.each<[string, SettingOverrides, string]>([
    [
      "mlp",
      { dropout: 0.1 },
      "dropout is the rate of dropout layers that name none: this network has no dropout layer",
    ],
    ["weight-sharing", { dropout: 0.1 }, "this network has no dropout layer"],
    ["quick", { dropout: 0.5 }, "this network has no dropout layer"],
    ["quick", { optimizer: "muon" }, "muon is for the weights of hidden layers, and this network has none"],
    ["mlp", { auxiliaryWeight: 0.5 }, "an auxiliary loss needs a trunk that ends in 10 class logits"],
    ["weight-sharing", { labelSmoothing: 0.1 }, "it needs an auxiliary weight above 0"],
    ["weight-sharing", { labelFraction: 0.5 }, "it needs an auxiliary weight above 0"],
    [
      "weight-sharing-auxiliary",
      { labelFraction: 0.5, pairing: "shuffled" },
      'labelFraction 0.5 leaves classes unknown, and pairing "shuffled" takes the answers of new pairs from them',
    ],
    ["weight-sharing-auxiliary", { labelFraction: 0.5, partners: 2 }, "partners 2 takes the answers of new pairs"],
    ["simple-cnn", { views: "shifts" }, "they need a trunk that ends in one for each class"],
    ["one-by-one", { partners: 2 }, "partners need a trunk that both images share, and a head that is trained"],
    ["mlp", { members: 2 }, "members are trunks: this network has only a head"],
    ["one-by-one", { pairWeight: 0.5 }, "pairWeight weighs the head's loss: this network has no head"],
    ["mlp", { momentum: 0.5 }, "momentum is a setting of the optimizers sgd and muon, not of adam"],
    ["mlp", { nesterov: true }, "nesterov is a setting of the optimizer sgd, not of adam"],
    ["mlp", { optimizer: "sgd", momentum: 0, nesterov: true }, "nesterov needs a momentum above 0"],
  ])("%s with %o", (name, settings, message) => {
    expect(() => jobOf(name, settings)).toThrow(InvalidRequest);
    expect(() => jobOf(name, settings)).toThrow(message);
  });
});
