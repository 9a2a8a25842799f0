import { expect, test } from "vitest";
import { InvalidRequest } from "../../errors.js";
import { optimizerPlan } from "./optimizer-search.js";
import { asVariant } from "./variants.js";

type Asked = Parameters<typeof optimizerPlan>[0];
const planOf = (changed: Partial<Asked>, ...names: string[]) =>
  optimizerPlan({
    variants: names.map(asVariant),
    optimizers: "all",
    trials: undefined,
    seed: 0,
    settings: {},
    ...changed,
  });

test("all are those that do to a network what no other one does: without a hidden layer Muon is AdamW", () => {
  expect(planOf({}, "mlp").optimizers).toEqual(["adam", "adamw", "sgd", "rmsprop", "lion", "muon"]);
  expect(planOf({}, "quick").optimizers).toEqual(["adam", "adamw", "sgd", "rmsprop", "lion"]);
});

test("what is measured on is the search's, and 60 trials are the default", () => {
  const { plan, fixed } = planOf({ settings: { epochs: 3, evaluate: "epoch", evaluateOn: "validation" } }, "mlp");
  expect(fixed).toEqual({ epochs: 3 });
  expect(plan.trials).toBe(60);
});

test.each<[Partial<Asked>, string[], RegExp]>([
  [{ optimizers: ["adam", "sgd", "adam"] }, ["mlp"], /^--optimizers names adam twice/],
  [{ optimizers: ["adam"] }, ["mlp"], /^--optimizers adam: a comparison needs at least two/],
  [{}, ["mlp", "quick"], /^--optimizers takes one architecture, not mlp and quick/],
  [{ settings: { learningRate: 0.1 } }, ["mlp"], /^--optimizers searches what --learning-rate sets/],
  [{ settings: { optimizer: "sgd" } }, ["mlp"], /^--optimizers searches what --optimizer sets/],
])("%j of %j is refused", (changed, names, message) => {
  expect(() => planOf(changed, ...names)).toThrow(InvalidRequest);
  expect(() => planOf(changed, ...names)).toThrow(message);
});
