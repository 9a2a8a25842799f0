import { describe, expect, test } from "vitest";
import { finish, smallJob, startJob, stripes } from "../../../test/support/jobs.js";
import { newKernels } from "../../../test/support/kernels.js";
import { randomModel, randomPairs } from "../../../test/support/models.js";
import { findArchitecture } from "../architectures/index.js";
import type { Pairs, Relation } from "../data/index.js";
import { stringifyJson } from "../formats/index.js";
import { auc, chooseThreshold, equalErrorRate, ratesAt } from "../measures/index.js";
import { DIGIT_PAIRS } from "../network/index.js";
import type { SettingOverrides } from "../settings/training-settings.js";
import { type FinishedRun, trainedNetwork } from "../training/index.js";
import { evaluateRun } from "./evaluate-run.js";
import { decisions, measureRun, mistakes } from "./index.js";
import { measurePairs, pairsToMeasure } from "./measure-run.js";

const images = { train: stripes, test: stripes };
const trained = (name: string, settings: SettingOverrides = {}) =>
  finish(startJob(smallJob(name, { epochs: 2, testPairs: 50, ...settings })));
const FEW = { resamples: 50 };

describe.each<[string, string, SettingOverrides]>([
  ["no trunk", "mlp", {}],
  ["digits compared by the rule", "one-by-one", {}],
  ["an auxiliary loss", "weight-sharing-auxiliary", {}],
])("a run with %s", (_, name, settings) => {
  const run = trained(name, settings);
  const measures = measureRun(run, images, newKernels(), FEW);
  const pairs = pairsToMeasure(run.record, images);
  const network = trainedNetwork(run, newKernels());
  const { probabilities, holds } = decisions(network, pairs.test);

  test("has the error of its evaluation, on all test pairs and on its own", () => {
    expect(measures.pairs).toBe(150);
    expect(measures.error.value).toBe(evaluateRun(run, images, newKernels()).testError);
    const own = measureRun(run, images, newKernels(), { ...FEW, pairs: 50 });
    expect(own.error.value).toBe(run.record.testError);
  });

  test("has thresholds of validation pairs, of which none has a training image, told on the test pairs", () => {
    const { thresholds } = measures;
    // 150 pairs of all training images less the 21 of training.
    expect(thresholds?.validationPairs).toBe(129);
    const validation = pairs.validation as Pairs;
    const seen = decisions(network, validation).probabilities;
    const threshold = chooseThreshold(seen, validation.targets, "eer");
    expect(thresholds?.chosen[1]).toEqual({ aim: "eer", ...ratesAt(probabilities, pairs.test.targets, threshold) });
    expect(thresholds?.chosen.map(({ aim }) => aim)).toEqual(["error", "eer", "far"]);
  });

  test("has the measures of its answers", () => {
    const { targets } = pairs.test;
    expect(measures.auc.value).toBe(auc(probabilities, targets));
    expect(measures.eer).toMatchObject({ threshold: equalErrorRate(probabilities, targets).threshold });
    const { trueYes, falseYes, trueNo, falseNo } = measures.confusion;
    expect(trueYes + falseYes + trueNo + falseNo).toBe(150);
    expect((falseYes + falseNo) / 150).toBe(measures.error.value);
    expect(measures.falseAcceptRate).toBe(falseYes / (falseYes + trueNo));
    expect(measures.alwaysNo).toBe(measures.holds / 150);
    expect(measures.worst).toEqual(
      mistakes({ count: 150, probabilities, holds, ...digitsOf() }, pairs.test).slice(0, 10),
    );
    const wrong = measures.byClasses?.reduce((sum, each) => sum + each.wrong, 0) as number;
    expect(wrong / 150).toBe(measures.error.value);
    expect(measures.nWay).toBeNull();
  });

  const digitsOf = () => {
    const { digits } = decisions(network, pairs.test);
    return digits ? { digits } : {};
  };

  test("has answers the other way round, which for an order is another question", () => {
    const { swapped } = measures;
    expect(swapped.symmetric).toBe(false);
    // Of two digits one is less than or equal to the other: no, no is never right.
    expect(swapped.contradictions).toBeLessThanOrEqual(1);
    if (name === "one-by-one") expect(swapped.contradictions).toBe(0);
  });

  test("is the same again, and from pairs drawn before, and plain data", () => {
    expect(measureRun(run, images, newKernels(), FEW)).toEqual(measures);
    expect(measureRun(run, pairs, newKernels(), FEW)).toEqual(measures);
    const back = JSON.parse(stringifyJson(measures), (_, value) =>
      value === "Infinity" ? Number.POSITIVE_INFINITY : value,
    );
    expect(back).toEqual(measures);
  });
});

const same: Relation = { name: "same", holds: (first, second) => first === second };

describe("a network that is asked whether two images are of one class", () => {
  const of = (name: string) => {
    const architecture = findArchitecture(name);
    const model = randomModel(architecture, DIGIT_PAIRS, { relation: same });
    return { model, scale: { mean: 0, deviation: 1 } };
  };
  const random = randomPairs(DIGIT_PAIRS, 60);
  const targets = Uint8Array.from({ length: 60 }, (_, pair) =>
    Number(random.classes[2 * pair] === random.classes[2 * pair + 1]),
  );
  const test_ = { ...random, targets };

  test("has N-way accuracy, and every change by swapping is a contradiction", () => {
    const measures = measurePairs(of("weight-sharing"), { test: test_ }, { ...FEW, ways: 3, episodes: 40 });
    expect(measures.nWay).toMatchObject({ ways: 3, episodes: 40 });
    expect(measures.nWay?.accuracy).toBeGreaterThanOrEqual(0);
    expect(measures.swapped.symmetric).toBe(true);
    expect(measures.swapped.contradictions).toBe(measures.swapped.changed);
    expect(measures.thresholds).toBeNull();
  });

  test("without a head it has the same answers both ways round", () => {
    const { swapped } = measurePairs(of("one-by-one"), { test: test_ }, FEW);
    expect(swapped.changed).toBe(0);
    expect(swapped.meanChange).toBeLessThan(1e-12);
  });

  test("an image that is in several pairs is drawn anew as one", () => {
    const testImages = Array.from({ length: 120 }, (_, i) => i % 60);
    expect(measurePairs(of("mlp"), { test: test_, testImages }, FEW).resampled).toBe("images");
    expect(() => measurePairs(of("mlp"), { test: test_ }, { ...FEW, ways: 11 })).toThrow(
      "11 ways need images of 11 classes, but the test pairs have 10",
    );
  });
});

test("a run that trained on all training images has no thresholds", () => {
  const run = trained("mlp", { trainPairs: 150, epochs: 1 });
  expect(measureRun(run, images, newKernels(), FEW).thresholds).toBeNull();
});

test("what cannot be measured is refused", () => {
  const run = trained("mlp", { epochs: 1 });
  const kernels = newKernels();
  expect(() => measureRun({} as FinishedRun, images, kernels)).toThrow("run.record");
  expect(() => measureRun(run, images, kernels, { pairs: 151 })).toThrow("151 test pairs need 302 distinct images");
  expect(() => measureRun(run, images, kernels, { fold: 3 } as object)).toThrow('there is no option "fold"');
  const colour = { ...stripes, channels: 3 };
  expect(() => measureRun(run, { train: colour, test: colour }, kernels)).toThrow(
    "images.test: channels as the network sees it is 3, but the run was trained on 1: give images like its own",
  );
});
