import { expect, test } from "vitest";
import { syntheticReproduction } from "../../../../test/support/reproduction.js";
import { fixedStreams, type SettingOverrides } from "../../training/index.js";
import { commandLine } from "./command-line.js";

test("the paper's experiment needs only rounds and seed", () => {
  const { reproduction, records } = syntheticReproduction({ rounds: 10, seed: 4 });
  expect(commandLine("reproduce", reproduction, records)).toBe("pairlab reproduce --rounds 10 --seed 4");
});

test("overridden settings are options", () => {
  const overrides = {
    epochs: 2,
    batchSize: 20,
    learningRate: 0.003,
    dropout: 0,
    trainPairs: 500,
    evaluate: "end",
  } as const;
  const { reproduction, records } = syntheticReproduction({ overrides });
  expect(
    commandLine("reproduce", { ...reproduction, engine: { ...reproduction.engine, simd: "fused" } }, records),
  ).toBe(
    "pairlab reproduce --rounds 3 --seed 0 --epochs 2 --batch-size 20 --learning-rate 0.003 --dropout 0 --pairs 500 --evaluate end --simd fused",
  );
});

test("so are another optimizer and what belongs to it", () => {
  const overrides = {
    optimizer: "sgd",
    momentum: 0,
    weightDecay: 0.001,
    schedule: "one-cycle",
    clipNorm: 3,
    weightAverage: 0.99,
  } as const;
  const { reproduction, records } = syntheticReproduction({ overrides });
  expect(commandLine("reproduce", reproduction, records)).toMatch(
    / --optimizer sgd --momentum 0 --weight-decay 0.001 --schedule one-cycle --clip-norm 3 --weight-average 0.99$/,
  );
  const nesterov = syntheticReproduction({ overrides: { optimizer: "sgd", nesterov: true } });
  expect(commandLine("reproduce", reproduction, nesterov.records)).toMatch(/ --optimizer sgd --nesterov$/);
});

test("so is the auxiliary weight of those that have one", () => {
  const errors = { "weight-sharing-auxiliary": { train: 2, test: 84 } };
  const { reproduction, records } = syntheticReproduction({ errors, overrides: { auxiliaryWeight: 1 } });
  expect(commandLine("reproduce", reproduction, records)).toMatch(/ --auxiliary-weight 1$/);
});

test("so are label smoothing and views of those that can have them", () => {
  const errors = { "weight-sharing-auxiliary": { train: 2, test: 84 } };
  const overrides = { labelSmoothing: 0.1, views: "shifts" } as const;
  const { reproduction, records } = syntheticReproduction({ errors, overrides });
  expect(commandLine("reproduce", reproduction, records)).toMatch(/ --label-smoothing 0.1 --views shifts$/);
});

test("images that do not come with the package are asked for", () => {
  const { reproduction, records } = syntheticReproduction();
  const dataset = { ...reproduction.dataset, name: "my-digits" };
  expect(commandLine("reproduce", { ...reproduction, dataset }, records)).toMatch(/ --data DIR$/);
});

test("streams that rounds hold at the first one's seed are named together, others by their seed", () => {
  const of = (overrides: SettingOverrides) => {
    const { reproduction, records } = syntheticReproduction({ overrides, rounds: 2, seed: 4 });
    return commandLine("reproduce", reproduction, records);
  };
  expect(of(fixedStreams(["data", "init"], 4))).toBe("pairlab reproduce --rounds 2 --seed 4 --fix data,init");
  expect(of({ ...fixedStreams(["order"], 4), dataSeed: 9 })).toBe(
    "pairlab reproduce --rounds 2 --seed 4 --fix order --data-seed 9",
  );
});
