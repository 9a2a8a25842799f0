import { describe, expect, test } from "vitest";
import { smallJob } from "../../../test/support/jobs.js";
import { optionalSettings } from "./optional-settings.js";
import { OPTIONAL_SETTINGS } from "./table.js";

const own = {
  optimizer: "sgd",
  momentum: 0.8,
  nesterov: true,
  weightDecay: 0.1,
  schedule: "cosine",
  clipNorm: 1,
  weightAverage: 0.9,
} as const;
const { optimizer, ...settings } = own;

describe("an architecture's own settings", () => {
  test("hold where nothing is changed", () => {
    expect(optionalSettings(own, {})).toEqual(settings);
    expect(optionalSettings({ optimizer: "adam" }, {})).toEqual({});
  });

  test("are changed one by one", () => {
    expect(optionalSettings(own, { momentum: 0.5, schedule: "step" })).toEqual({
      ...settings,
      momentum: 0.5,
      schedule: "step",
    });
  });

  test("are absent where they are switched off", () => {
    const off = { nesterov: false, schedule: "constant", clipNorm: 0, weightAverage: 0 } as const;
    expect(optionalSettings(own, off)).toEqual({ momentum: 0.8, weightDecay: 0.1 });
  });

  test("that belong to its optimizer do not belong to another", () => {
    const { schedule, clipNorm, weightAverage } = own;
    expect(optionalSettings(own, { optimizer: "adamw" })).toEqual({ schedule, clipNorm, weightAverage });
    expect(optionalSettings(own, { optimizer: "lion", weightDecay: 0.3 })).toEqual({
      weightDecay: 0.3,
      schedule,
      clipNorm,
      weightAverage,
    });
    expect(optionalSettings(own, { optimizer: "sgd" })).toEqual(settings);
  });
});

describe("a job", () => {
  test("has the id that it always had where nothing is optional", () => {
    const keys = Object.keys(smallJob("mlp").config);
    expect(keys.filter((key) => OPTIONAL_SETTINGS.some((name) => name === key))).toEqual([]);
    // Of version 0.1.0 before there were optional settings.
    expect(smallJob("mlp").id).toBe("74e0675a245ea754");
    expect(smallJob("mlp", { schedule: "constant", clipNorm: 0, weightAverage: 0 }).id).toBe(smallJob("mlp").id);
  });

  test("has the same id whatever the order in which settings are given", () => {
    const one = smallJob("mlp", { schedule: "step", clipNorm: 2 });
    const other = smallJob("mlp", { clipNorm: 2, schedule: "step" });
    expect(one.id).toBe(other.id);
    expect(one.id).not.toBe(smallJob("mlp").id);
  });

  test.each([
    [
      { optimizer: "shampoo" as "adam" },
      'optimizer must be one of adam, adamw, sgd, rmsprop, lion, muon, not "shampoo"',
    ],
    [{ schedule: "linear" as "step" }, 'schedule must be one of constant, step, cosine, one-cycle, not "linear"'],
    [{ momentum: 0.9 }, "momentum is a setting of the optimizers sgd and muon, not of adam"],
    [{ nesterov: true, optimizer: "lion" }, "nesterov is a setting of the optimizer sgd, not of lion"],
    [{ optimizer: "sgd", momentum: 1 }, "momentum must be a number at least 0 and below 1, not 1"],
    [{ optimizer: "sgd", momentum: 0, nesterov: true }, "nesterov needs a momentum above 0"],
    [{ weightDecay: -1 }, "weightDecay must be a number from 0 to 1000, not -1"],
    [{ clipNorm: Number.NaN }, "clipNorm must be a number from 0 to 1000000, not NaN"],
    [{ weightAverage: 1 }, "weightAverage must be a number at least 0 and below 1, not 1"],
  ] as const)("is refused with %j", (wrong, message) => {
    expect(() => smallJob("mlp", wrong)).toThrow(message);
  });
});
