import { describe, expect, test } from "vitest";
import { finish, smallJob, startJob, stripes } from "../../../test/support/jobs.js";
import { newKernels } from "../../../test/support/kernels.js";
import { PassingPairs } from "../engine/index.js";
import type { SettingOverrides } from "../settings/training-settings.js";
import { pairsOfJob, trainedNetwork } from "../training/index.js";
import { evaluateRun } from "./evaluate-run.js";
import { measureRun } from "./measure-run.js";

const images = { train: stripes, test: stripes };
const trained = (name: string, settings: SettingOverrides) => finish(startJob(smallJob(name, settings)));

describe.each<[string, string, SettingOverrides]>([
  ["no trunk", "mlp", {}],
  ["digits compared by the rule", "one-by-one", {}],
  ["partners", "weight-sharing", { partners: 3 }],
  ["features that are compared", "matching", {}],
  ["two scores", "ranking", { partners: 3 }],
  [
    "batch norm, views and smoothed labels",
    "trunk+sharing+auxiliary+batch-norm",
    { views: "shifts", labelSmoothing: 0.1 },
  ],
  ["views and partners", "weight-sharing-auxiliary", { views: "shifts", partners: 3 }],
  ["several members", "one-by-one", { members: 2 }],
  ["averaged weights", "weight-sharing", { weightAverage: 0.9 }],
])("a run with %s", (_, name, settings) => {
  const few = { ...settings, epochs: 1, testPairs: 50 };
  const run = trained(name, few);

  test("has its own error on its own test pairs", () => {
    expect(run.record.testError).toBeGreaterThan(0);
    const { testError, testYes } = run.record;
    expect(testYes).toBeGreaterThanOrEqual(0);
    expect(evaluateRun(run, images, newKernels(), 50)).toMatchObject({ pairs: 50, testError, yes: testYes });
  });

  test("says of each pair whether it is decided wrong: whether it adds an error to those before it", () => {
    const wrong = evaluateRun(run, images, newKernels(), 50).wrong as Uint8Array;
    expect(wrong).toHaveLength(7);
    const errors = (pairs: number) => Math.round(pairs * evaluateRun(run, images, newKernels(), pairs).testError);
    for (const pair of [1, 2, 7, 8, 9, 33, 49])
      expect(((wrong[pair >> 3] as number) >> (pair % 8)) & 1).toBe(errors(pair + 1) - errors(pair));
    const bits = Array.from({ length: 56 }, (_, pair) => ((wrong[pair >> 3] as number) >> (pair % 8)) & 1);
    expect(bits.reduce((sum, bit) => sum + bit, 0)).toBe(errors(50));
    expect(bits.slice(50)).toEqual(Array(6).fill(0));
  });

  test("has on all pairs of the test images the error that the same training finds there", () => {
    const { record, weights } = trained(name, { ...few, testPairs: 150 });
    expect(weights).toEqual(run.weights);
    const { testError, testYes } = record;
    expect(evaluateRun(run, images, newKernels())).toMatchObject({ pairs: 150, testError, yes: testYes });
  });
});

describe("its probabilities", () => {
  const own = (name: string, settings: SettingOverrides = {}) => {
    const run = trained(name, { epochs: 2, testPairs: 50, ...settings });
    const { calibration } = evaluateRun(run, images, newKernels(), 50);
    return { run, calibration, testLoss: run.record.epochs.at(-1)?.testLoss as number };
  };

  test.each(["mlp", "weight-sharing", "matching"])("of %s, which learns the pair alone, cost its test loss", (name) => {
    const { calibration, testLoss } = own(name);
    expect(testLoss).toBeGreaterThan(0.1);
    expect(calibration?.logLoss).toBeCloseTo(testLoss, 5);
  });

  test("cost less than the test loss by the classes' loss, times its weight", () => {
    const { run, calibration, testLoss } = own("weight-sharing-auxiliary", { auxiliaryWeight: 0.25 });
    const { test } = pairsOfJob(run.record, images);
    const { model, scale } = trainedNetwork(run, newKernels());
    const { features } = model.outputs(new PassingPairs(test, scale));
    let digits = 0;
    test.classes.forEach((label, image) => {
      const logits = features?.subarray(10 * image, 10 * image + 10) as Float32Array;
      digits -= Math.log(Math.exp(logits[label] as number) / logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
    });
    expect(digits).toBeGreaterThan(10);
    expect(calibration?.logLoss).toBeCloseTo(testLoss - (0.25 * digits) / 50, 5);
  });

  test.each(["mlp", "one-by-one", "weight-sharing-auxiliary"])("of %s are worth what evaluate says", (name) => {
    const { run, calibration } = own(name);
    const { bins: _, ...measured } = measureRun(run, images, newKernels(), { pairs: 50, resamples: 0 }).calibration;
    expect(calibration).toEqual(measured);
  });
});

test("views count", () => {
  const errors = (["shifts", "none"] as const).map((views) => {
    const run = trained("one-by-one", { epochs: 1, views });
    return evaluateRun(run, images, newKernels()).testError;
  });
  expect(errors[0]).not.toBe(errors[1]);
});

test("an odd test image is left over", () => {
  const test = {
    ...stripes,
    count: 43,
    pixels: stripes.pixels.subarray(0, 43 * 784),
    labels: stripes.labels.subarray(0, 43),
  };
  expect(evaluateRun(trained("mlp", { epochs: 1 }), { train: stripes, test }, newKernels()).pairs).toBe(21);
});

test("runs one after the other take the memory of the largest", () => {
  const kernels = newKernels();
  const runs = ["weight-sharing-auxiliary", "mlp", "one-by-one"].map((name) => trained(name, { epochs: 1 }));
  const all = () => runs.map((run) => evaluateRun(run, images, kernels));
  const first = all();
  const taken = kernels.run.memory.buffer.byteLength;
  for (let time = 0; time < 3; time++) expect(all()).toEqual(first);
  expect(kernels.run.memory.buffer.byteLength).toBe(taken);
});

test("a run that was measured on validation pairs is measured on more of them, which no test image is among", () => {
  const few = { epochs: 1, trainPairs: 60, testPairs: 30, evaluateOn: "validation" } as const;
  const run = trained("one-by-one", few);
  const withoutTest = { train: stripes, test: { ...stripes, pixels: new Uint8Array(0) } };
  const own = { testError: run.record.testError, yes: run.record.testYes };
  expect(evaluateRun(run, withoutTest, newKernels(), 30)).toMatchObject({ pairs: 30, ...own });
  const { record } = trained("one-by-one", { ...few, testPairs: 80 });
  const { testError, testYes: yes } = record;
  expect(evaluateRun(run, withoutTest, newKernels(), 80)).toMatchObject({ pairs: 80, testError, yes });
});

test("weights of another network are refused", () => {
  const { weights } = trained("mlp", { epochs: 1 });
  const { record } = trained("one-by-one", { epochs: 1 });
  expect(() => evaluateRun({ record, weights }, images, newKernels())).toThrow(
    `weights of run ${record.id}: there is no tensor`,
  );
});
