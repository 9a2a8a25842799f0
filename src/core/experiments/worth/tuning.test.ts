import { expect, test } from "vitest";
import { findArchitecture } from "../../architectures/index.js";
import { LADDER } from "./ladder.js";
import { candidatesOf, chosenOf, placeSettings, searchedSpace } from "./tuning.js";

const names = (architecture: string, fixed = {}) =>
  searchedSpace({ architecture: findArchitecture(architecture), fixed }).map(({ dimension }) => dimension.setting);

test("what is searched: what ablate chooses, and the epochs unless they are given", () => {
  expect(names("fully-connected")).toEqual(["learningRate", "dropout", "epochs"]);
  expect(names("trunk+sharing+auxiliary+batch-norm+dropout")).toEqual([
    "learningRate",
    "dropout",
    "auxiliaryWeight",
    "epochs",
  ]);
  expect(names("fully-connected", { epochs: 3 })).toEqual(["learningRate", "dropout"]);
});

test("candidates: its own settings first, then different ones of the ranges, the same for the same seed", () => {
  const drawn = candidatesOf(50_000, 6, {});
  expect(drawn).toEqual(candidatesOf(50_000, 6, {}));
  expect(drawn).not.toEqual(candidatesOf(50_001, 6, {}));
  expect([...drawn.keys()]).toEqual(LADDER.map(({ architecture }) => architecture));
  for (const candidates of drawn.values()) {
    expect(candidates).toHaveLength(6);
    expect(candidates[0]).toMatchObject({ learningRate: 0.003, dropout: 0.5, epochs: 25 });
    expect(new Set(candidates.map((each) => JSON.stringify(each))).size).toBe(6);
    for (const { learningRate, dropout, epochs } of candidates) {
      expect(learningRate).toBeGreaterThanOrEqual(0.0006);
      expect(learningRate).toBeLessThanOrEqual(0.015);
      expect(dropout).toBeGreaterThanOrEqual(0.1);
      expect(dropout).toBeLessThanOrEqual(0.7);
      expect([13, 25, 50]).toContain(epochs);
    }
  }
});

test("a network's own settings make the run that it has without tuning", () => {
  const place = { architecture: "trunk+batch-norm+dropout", pairs: 500 };
  expect(placeSettings(place, { learningRate: 0.003, dropout: 0.5, epochs: 25 }, {})).toEqual({ trainPairs: 500 });
  const part = { ...place, architecture: "trunk+sharing+auxiliary+batch-norm+dropout", labelFraction: 0.1 };
  expect(placeSettings(part, { learningRate: 0.003, dropout: 0.2, auxiliaryWeight: 0.5, epochs: 13 }, {})).toEqual({
    trainPairs: 500,
    dropout: 0.2,
    epochs: 13,
    labelFraction: 0.1,
  });
});

test("chosen is the lowest validation error, the earlier of equal ones, and none that diverged", () => {
  const tried = [0.2, Number.NaN, 0.1, 0.1].map((error, i) => ({ settings: { epochs: i }, errors: [error] }));
  expect(chosenOf(tried).settings).toEqual({ epochs: 2 });
  const lost = tried.map(({ settings }) => ({ settings, errors: [Number.NaN] }));
  expect(chosenOf(lost).settings).toEqual({ epochs: 0 });
});
