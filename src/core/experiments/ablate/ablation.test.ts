import { describe, expect, test } from "vitest";
import { syntheticAblation } from "../../../../test/support/ablation.js";
import { meanInterval, nestedVariance, signFlipInterval } from "../../statistics/index.js";
import { byTuning, unitsOf } from "../shared/tunings.js";
import { type Effect, effectsOf, fewestRoundsFor, isClear, summarizeAblation } from "./ablation.js";
import { cells, type Factor } from "./factors.js";
import { ablationSentences, tuningSentences } from "./sentences.js";
import { ablationEffectsTable, ablationSettingsTables, ablationVarianceTables } from "./tables.js";
import { startTuning, tuningBudget } from "./tuning.js";

const { ablation, records } = syntheticAblation();
const effect = (...factors: Factor[]) => {
  const found = ablation.effects.find((each) => each.factors.join() === factors.join());
  if (!found) throw new Error(`no effect of ${factors}`);
  return found;
};

describe("an ablation", () => {
  test("has every cell with its errors over the rounds, and its chosen settings", () => {
    expect(ablation.cells.map(({ name }) => name)).toEqual(cells.map(({ name }) => name));
    for (const { name, rounds, testError, settings, tuning, runs } of ablation.cells) {
      const errors = records.filter(({ architecture }) => architecture === name).map((record) => record.testError);
      expect(rounds).toBe(12);
      expect(runs.map((run) => run.testError)).toEqual(errors);
      expect(testError.mean).toBeCloseTo(errors.reduce((sum, each) => sum + each, 0) / 12, 12);
      expect(settings).toEqual(tuning.candidates[tuning.chosen]?.settings);
    }
  });

  test("has 14 effects, main ones first, with intervals around their means", () => {
    expect(ablation.effects.map(({ factors }) => factors.length)).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
    for (const { mean, ci95, perRound } of ablation.effects) {
      expect(perRound).toHaveLength(12);
      expect(ci95?.[0]).toBeLessThanOrEqual(mean);
      expect(ci95?.[1]).toBeGreaterThanOrEqual(mean);
    }
  });

  // Rounds move a cell by up to 0.8 points; averages over cells and rounds stay within 0.3.
  test("finds what was put into it", () => {
    expect(Math.abs(effect("auxiliary").mean - -0.0775)).toBeLessThan(0.003);
    expect(Math.abs(effect("rule").mean - -0.06)).toBeLessThan(0.003);
    expect(Math.abs(effect("sharing").mean - (-0.02 - (2 / 3) * 0.015))).toBeLessThan(0.003);
    expect(Math.abs(effect("sharing", "auxiliary").mean - -0.015)).toBeLessThan(0.003);
    expect(Math.abs(effect("dropout").mean)).toBeLessThan(0.003);
    expect(isClear(effect("auxiliary"))).toBe(true);
    expect(isClear(effect("sharing", "auxiliary"))).toBe(true);
  });

  test("an interaction is the difference of the effects that it names", () => {
    for (const { beside, mean } of ablation.effects)
      if (beside) expect(beside.present - beside.absent).toBeCloseTo(mean, 12);
    expect(Math.abs((effect("sharing", "auxiliary").beside?.present ?? 0) - -0.035)).toBeLessThan(0.003);
    expect(Math.abs((effect("sharing", "auxiliary").beside?.absent ?? 0) - -0.02)).toBeLessThan(0.003);
  });

  test("p is exact to 16 rounds: an effect of one sign in all 12 has 2 of 4,096 assignments", () => {
    const { p, pHolm, perRound } = effect("auxiliary");
    expect(perRound.every((value) => value < 0)).toBe(true);
    expect(p).toBe(2 / 2 ** 12);
    expect(pHolm).toBeCloseTo((14 * 2) / 2 ** 12, 12);
  });
});

test("the contrast is taken in each round: what moves all cells alike cancels", () => {
  const base = cells.map(({ factors }) => ({
    factors,
    runs: [0.2, 0.3, 0.1].map((testError) => ({ testError: testError - (factors.dropout ? 0.01 : 0) })),
  }));
  for (const { factors, mean, sd } of effectsOf(base, { seed: 0 })) {
    expect(mean).toBeCloseTo(factors.join() === "dropout" ? -0.01 : 0, 12);
    expect(sd).toBeCloseTo(0, 12);
  }
});

test("effects are on all test pairs if every network was measured on them", () => {
  const base = cells.map(({ factors }) => ({
    factors,
    runs: [0.2, 0.3].map((testError) => ({ testError, allTestPairsError: testError - (factors.dropout ? 0.02 : 0) })),
  }));
  const meanOf = (of: Parameters<typeof effectsOf>[0]) =>
    effectsOf(of, { seed: 0 }).find(({ factors }) => factors.join() === "dropout")?.mean;
  expect(meanOf(base)).toBeCloseTo(-0.02, 12);
  const [first, ...others] = base as [(typeof base)[number], ...typeof base];
  expect(meanOf([{ ...first, runs: first.runs.map(({ testError }) => ({ testError })) }, ...others])).toBeCloseTo(
    0,
    12,
  );
});

test("fourteen effects take ten rounds: 14 · 2 / 2⁹ > 5% ≥ 14 · 2 / 2¹⁰", () => {
  expect((14 * 2) / 2 ** 9).toBeGreaterThan(0.05);
  expect((14 * 2) / 2 ** 10).toBeLessThanOrEqual(0.05);
  expect(fewestRoundsFor(ablation)).toBe(10);
});

test("one round has no spread and shows nothing", () => {
  const { effects, cells } = syntheticAblation({ rounds: 1 }).ablation;
  for (const { sd, ci95, p } of effects) expect({ sd, ci95, p }).toEqual({ sd: null, ci95: null, p: null });
  expect(cells[0]?.testError).toMatchObject({ sd: null, ci95: null });
});

test("a cell that lacks a round is refused", () => {
  const tuned = startTuning(tuningBudget(1, 0, 1), 0);
  const { rounds, seed, dataset, engine, tuning } = ablation;
  const context = { rounds, seed, dataset, engine };
  expect(() => summarizeAblation([tuned], records.slice(1), tuning, context)).toThrow(
    "trunk has no run of seed 0: an experiment needs one run of each architecture in each round, and there are 12",
  );
});

describe("where a network diverged in a round", () => {
  const lost = syntheticAblation({
    diverges: ({ architecture, seed }) => architecture === "trunk+dropout" && seed === 3,
  }).ablation;

  test("effects that rest on it are not stated; the others are unchanged and corrected for the same number", () => {
    const whole = new Map(ablation.effects.map((each) => [each.factors.join(), each]));
    const stated = lost.effects.filter(({ diverged }) => !diverged);
    // The rule needs the auxiliary loss: its own effect, and those beside it, rest on networks with that loss.
    expect(stated.map(({ factors }) => factors.join())).toEqual([
      "rule",
      "sharing,rule",
      "batch-norm,rule",
      "dropout,rule",
    ]);
    for (const effect of stated) {
      const before = whole.get(effect.factors.join());
      expect({ ...effect, pHolm: 0 }).toEqual({ ...before, pHolm: 0 });
      expect(effect.pHolm).toBeLessThanOrEqual(14 * (effect.p as number));
    }
    for (const effect of lost.effects.filter(({ diverged }) => diverged)) {
      expect(effect).toMatchObject({ mean: Number.NaN, sd: null, ci95: null, p: null, pHolm: null, diverged: 1 });
      expect(isClear(effect)).toBe(false);
    }
  });

  test("sentences name it, and claim nothing of those effects", () => {
    const sentences = ablationSentences(lost);
    expect(sentences).toContainEqual("1 of 12 rounds of trunk+dropout diverged (seed 3 at epoch 1, step 7).");
    expect(sentences).toContainEqual(
      "A network diverged in a round, so effects that rest on it are not stated: weight sharing, auxiliary loss, batch norm, dropout, weight sharing × auxiliary loss, weight sharing × batch norm, weight sharing × dropout, auxiliary loss × batch norm, auxiliary loss × dropout and batch norm × dropout.",
    );
    expect(sentences.join(" ")).not.toMatch(/NaN|(The auxiliary loss|Batch norm|Weight sharing) (lowers|raises)/);
  });
});

describe("with several tunings", () => {
  const several = syntheticAblation({ rounds: 20, tunings: 10 });
  const auxiliary = several.ablation.effects.find(({ factors }) => factors.join() === "auxiliary") as Effect;

  test("each tuning chooses for each network, and its rounds have these settings", () => {
    expect(several.ablation.tunings).toBe(10);
    expect(several.ablation.tuning.seeds).toEqual(Array.from({ length: 20 }, (_, i) => 50_000 + i));
    for (const { name, settings, tunings = [], tuning } of several.ablation.cells) {
      expect(tunings).toHaveLength(10);
      expect({ settings, ...tuning }).toEqual(tunings[0]);
      const own = several.records.filter(({ architecture }) => architecture === name);
      expect(own.map(({ seed }) => seed)).toEqual(Array.from({ length: 20 }, (_, seed) => seed));
      for (const { seed, config } of own)
        expect(config.learningRate).toBe(tunings[Math.floor(seed / 2)]?.settings.learningRate);
    }
    const rates = several.ablation.cells.map(
      ({ tunings }) => new Set(tunings?.map((each) => each.settings.learningRate)),
    );
    expect(Math.max(...rates.map(({ size }) => size))).toBeGreaterThan(1);
  });

  test("the first is the tuning of an ablation with one", () => {
    const one = syntheticAblation({ rounds: 2 }).ablation;
    expect(several.ablation.cells.map(({ tunings }) => tunings?.[0])).toEqual(
      one.cells.map(({ settings, tuning }) => ({ settings, ...tuning })),
    );
    expect(one.cells[0]).not.toHaveProperty("tunings");
    expect(one.effects[0]).not.toHaveProperty("perTuning");
  });

  test("effects are tested on the means of tunings: ten of one sign have 2 of 1,024 assignments", () => {
    const { perRound, perTuning = [], p, ci95, mean } = auxiliary;
    expect(perTuning).toHaveLength(10);
    perTuning.forEach((value, t) => {
      expect(value).toBeCloseTo(((perRound[2 * t] as number) + (perRound[2 * t + 1] as number)) / 2, 12);
    });
    expect(p).toBe(2 / 2 ** 10);
    expect(ci95).toEqual(signFlipInterval(perTuning, 0));
    expect(mean).toBeCloseTo(perRound.reduce((sum, each) => sum + each, 0) / 20, 12);
  });

  test("errors have intervals over tunings, and effects the part of their variance that is tuning", () => {
    const [cell] = several.ablation.cells;
    const errors = (cell?.runs ?? []).map(({ testError }) => testError);
    expect(cell?.testError.ci95).toEqual(meanInterval(unitsOf(errors, 10)));
    expect(auxiliary.variance).toEqual(nestedVariance(byTuning(auxiliary.perRound, 10), 0));
  });

  test("sentences and tables count tunings, and no longer say that settings were tuned once", () => {
    const sentences = ablationSentences(several.ablation).join(" ");
    expect(sentences).toMatch(/^20 rounds are enough for a first look; a claim needs 30/);
    expect(sentences).toContain("(n = 10 tunings of 2 rounds, p = ");
    expect(sentences).not.toContain("tuned once");
    expect(ablationSentences(syntheticAblation({ rounds: 30, tunings: 10 }).ablation)[0]).toMatch(
      /^The auxiliary loss/,
    );
    expect(ablationSentences(syntheticAblation({ rounds: 30, tunings: 6 }).ablation)[0]).toBe(
      "6 tunings are too few to tell any of the 14 effects from zero, however large: that takes at least 10 tunings (--preset full).",
    );
    expect(ablationEffectsTable(several.ablation).caption).toMatch(
      /^In percentage points, over 10 tunings of 2 rounds/,
    );
    expect(ablationVarianceTables(several.ablation)[0]?.rows).toHaveLength(14);
    expect(
      ablationSettingsTables(several.ablation)
        .map(({ title }) => title)
        .slice(0, 2),
    ).toEqual(["Chosen settings, tuning 1", "Chosen settings, tuning 2"]);
    expect(tuningSentences(several.ablation)[0]).toMatch(/That was done 10 times, .*: 240 choices\.$/);
  });

  test("a tuning with a round that diverged leaves the effects that rest on it unstated", () => {
    const lost = syntheticAblation({
      rounds: 20,
      tunings: 10,
      diverges: ({ seed, architecture }) => seed === 3 && architecture === "trunk",
    });
    const [sharing] = lost.ablation.effects;
    expect(sharing).toMatchObject({ mean: Number.NaN, ci95: null, diverged: 1 });
    expect(sharing).not.toHaveProperty("variance");
  });
});
