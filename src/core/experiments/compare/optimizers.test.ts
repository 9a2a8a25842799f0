import { expect, test } from "vitest";
import { findArchitecture } from "../../architectures/index.js";
import type { OPTIMIZERS } from "../../engine/optimizers/registry.js";
import { DIGIT_PAIRS } from "../../network/index.js";
import { makeJob } from "../../training/index.js";
import { ownSettings } from "../shared/space.js";
import { searchPlan } from "../tune/search.js";
import { summarizeTuning } from "../tune/tuning.js";
import { optimizerSettings, optimizersTable } from "./optimizer-tables.js";
import { type OptimizerSearches, optimizerSearch, tunedOptimizer, tunedVariant } from "./optimizers.js";

const auxiliary = findArchitecture("weight-sharing-auxiliary");
const DATASET = { name: "MNIST", sha256: "5e".repeat(32) };
const ENGINE = { version: "0.1.0", simd: "base", kernels: "7d".repeat(32) } as const;

const domainsOf = (...[architecture, optimizer, fixed]: Parameters<typeof optimizerSearch>) =>
  Object.fromEntries(
    optimizerSearch(architecture, optimizer, fixed).space.map(({ dimension, domain }) => [
      dimension.setting,
      domain.kind === "range" ? [domain.low, domain.high] : domain.values,
    ]),
  );

test("learning rates lie a factor of ten to each side of where an optimizer works, seen from the architecture's own", () => {
  // Its own optimizer is Adam, at 0.003.
  expect(domainsOf(auxiliary, "adam", {})).toEqual({ learningRate: [0.0003, 0.03], weightDecay: [1e-6, 1e-2] });
  expect(domainsOf(auxiliary, "sgd", {})).toEqual({
    learningRate: [0.006, 0.6],
    weightDecay: [1e-6, 1e-2],
    momentum: [0.5, 0.99],
  });
  expect(domainsOf(auxiliary, "lion", {})).toEqual({ learningRate: [0.00003, 0.003], weightDecay: [1e-3, 1] });
  expect(domainsOf(auxiliary, "muon", {})).toMatchObject({ weightDecay: [1e-3, 1], momentum: [0.5, 0.99] });
});

test("what is held fixed is not searched", () => {
  expect(domainsOf(auxiliary, "sgd", { weightDecay: 0 })).not.toHaveProperty("weightDecay");
});

test("the first trial has an optimizer's defaults, and the middle of its learning rates", () => {
  const firstOf = (optimizer: (typeof OPTIMIZERS)[number]) => {
    const { network, space } = optimizerSearch(auxiliary, optimizer, {});
    return ownSettings(
      space.map(({ dimension }) => dimension),
      network,
    );
  };
  expect(firstOf("sgd")).toEqual({ learningRate: 0.06, weightDecay: 0, momentum: 0.9 });
  expect(firstOf("adamw")).toEqual({ learningRate: 0.003, weightDecay: 0.01 });
  expect(firstOf("muon")).toEqual({ learningRate: 0.003, weightDecay: 0.01, momentum: 0.95 });
});

test("a chosen variant has the optimizer and what differs from its defaults; its runs are those of the trial", () => {
  const searching = optimizerSearch(auxiliary, "sgd", { epochs: 5 });
  const settings = { learningRate: 0.05, weightDecay: 0, momentum: 0.8 };
  const { overrides, ...variant } = tunedVariant(searching, "sgd", settings);
  expect(variant).toEqual({
    name: "weight-sharing-auxiliary:optimizer=sgd,learning-rate=0.05,momentum=0.8",
    architecture: "weight-sharing-auxiliary",
    settings: { optimizer: "sgd", learningRate: 0.05, momentum: 0.8 },
    title: "SGD",
  });
  const { config } = makeJob(auxiliary.name, 0, { ...DATASET, shape: DIGIT_PAIRS }, ENGINE, {
    epochs: 5,
    ...overrides,
  });
  expect(config).toMatchObject({ optimizer: "sgd", learningRate: 0.05, momentum: 0.8 });
  expect(config).not.toHaveProperty("weightDecay");
});

function searchesOf(): OptimizerSearches {
  const plan = searchPlan(3, 2, 0);
  const searching = optimizerSearch(auxiliary, "lion", {});
  const trial = (learningRate: number, errors: number[]) => ({
    settings: { learningRate, weightDecay: 0.05 },
    source: "sequence" as const,
    errors,
  });
  const tuning = summarizeTuning(
    {
      architecture: auxiliary.name,
      space: searching.space,
      trials: [trial(0.0003, [0.09]), trial(0.0029, [0.05, 0.07]), trial(0.001, [0.08, 0.09])],
    },
    undefined,
    {
      rounds: 2,
      seed: 0,
      dataset: DATASET,
      engine: { ...ENGINE, workers: 1 },
      plan,
      validationPairs: 4000,
      fixed: searching.network.fixed,
    },
  );
  return { optimizers: [tunedOptimizer(tuning, "lion", "its-row")], plan, validationPairs: 4000 };
}

test("what a search found: settings, error, and a warning where the optimum lies at an end", () => {
  const [found] = searchesOf().optimizers;
  expect(found).toMatchObject({
    name: "lion",
    variant: "its-row",
    settings: { learningRate: 0.0029, weightDecay: 0.05 },
    validationError: { mean: expect.closeTo(0.06, 12) },
    trials: 3,
    atEnds: ["learningRate"],
    searched: { learningRate: [0.00003, 0.003], weightDecay: [0.001, 1] },
  });
  expect(found?.warnings).toEqual([
    "Warning: Lion: the chosen learning rate, 0.0029, lies at the high end of its range (0.00003 to 0.003): a higher one may be better. Search there with pairlab tune weight-sharing-auxiliary --optimizer lion --over learning-rate=…",
  ]);
});

test("its table and settings", () => {
  const searches = searchesOf();
  const { columns, rows } = optimizersTable(searches);
  expect(columns).toEqual(["Optimizer", "Learning rate", "Weight decay", "Validation error", "Trials", "At an end"]);
  // The deviation of 5% and 7% is √2 points.
  expect(rows).toEqual([["Lion", "0.0029", "0.05", "6.0% ± 1.4 pt", "3", "learning rate"]]);
  const settings = Object.fromEntries(optimizerSettings(searches, 0).map(({ name, value }) => [name, value]));
  expect(settings.Searched).toMatch(/^Lion: learning rate 0.00003 to 0.003, weight decay 0.001 to 1; /);
  expect(settings["Successive halving"]).toMatch(/up to 2\. .* seeds 50000 to 50001$/);
});
