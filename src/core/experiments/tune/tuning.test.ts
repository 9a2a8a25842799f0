import { expect, test } from "vitest";
import { syntheticTuning } from "../../../../test/support/tuning.js";
import { findArchitecture } from "../../architectures/index.js";
import { ranked } from "../shared/halving.js";
import { importances } from "./importance.js";
import { parseSpace, searchPlan, summarizeTuning, type Trial } from "./index.js";
import { tuningFindings } from "./sentences.js";
import { checkTable, searchedTable, trialsTable } from "./tables.js";

const { tuning } = syntheticTuning();
const network = { architecture: findArchitecture("weight-sharing-auxiliary"), fixed: {} };

test("the chosen trial has the lowest mean among those with the most rounds", () => {
  const most = Math.max(...tuning.trials.map(({ errors }) => errors.length));
  expect(most).toBe(6);
  const finalists = tuning.trials.filter(({ errors }) => errors.length === most);
  expect(tuning.trials[tuning.chosen]?.mean).toBe(Math.min(...finalists.map(({ mean }) => mean)));
});

test("chosen and own settings are compared in fresh rounds, pair by pair", () => {
  const { check } = tuning;
  expect(check?.seeds).toEqual([60_000, 60_001, 60_002, 60_003, 60_004, 60_005]);
  const meanOf = (runs: readonly { testError: number }[] = []) =>
    runs.reduce((sum, { testError }) => sum + testError, 0) / 6;
  expect(check?.difference.mean).toBeCloseTo(meanOf(check?.chosen.runs) - meanOf(check?.own.runs), 10);
  expect(check?.difference.p).toBe(2 / 2 ** 6);
});

/** Trials of one setting at so many values, the error of each given by it. */
function tuned(over: string, values: readonly number[], best: number) {
  const space = parseSpace(over, network);
  const setting = space[0]?.dimension.setting ?? "";
  const trials = values.map(
    (value, i): Trial => ({
      settings: { [setting]: value },
      source: i ? "model" : "own",
      errors: [value === best ? 0.05 : 0.1 + i / 100],
    }),
  );
  const context = { ...tuning, plan: searchPlan(values.length, 1, 0), rounds: 1 };
  return summarizeTuning({ architecture: "weight-sharing-auxiliary", space, trials }, undefined, context);
}

test("a value within a tenth of a range's end is near it, on its scale", () => {
  const near = (over: string, values: number[], best: number) => tuned(over, values, best).settings[0]?.near;
  // 10% of two factors of ten is a factor of 1.58.
  expect(near("learning-rate=0.001..0.1", [0.01, 0.0015], 0.0015)).toBe("low");
  expect(near("learning-rate=0.001..0.1", [0.01, 0.0017], 0.0017)).toBeNull();
  expect(near("learning-rate=0.001..0.1", [0.01, 0.064], 0.064)).toBe("high");
  expect(near("dropout=0.1..0.6", [0.3, 0.14], 0.14)).toBe("low");
  // There is nothing below 0.
  expect(near("dropout=0..0.7", [0.3, 0.01], 0.01)).toBeNull();
  expect(near("dropout=0..0.7", [0.3, 0.69], 0.69)).toBe("high");
  expect(near("batch-size=25/50/100", [50, 25, 100], 25)).toBe("low");
  expect(near("batch-size=25/50/100", [50, 25, 100], 50)).toBeNull();
  expect(near("batch-size=100/50/25", [50, 25, 100], 25)).toBeNull();
  // Own settings outside of what is searched are near no end.
  expect(near("batch-size=100/200", [50, 100, 200], 50)).toBeNull();
});

test("an optimum near an end is warned of, with what to type", () => {
  const [warning] = tuningFindings(tuned("learning-rate=0.001..0.1", [0.01, 0.0011], 0.0011)).filter((sentence) =>
    sentence.startsWith("Warning"),
  );
  expect(warning).toBe(
    "Warning: the chosen learning rate, 0.0011, lies at the low end of its range (0.001 to 0.1): a lower one may be better. Search there with --over learning-rate=…",
  );
  expect(tuningFindings(tuned("batch-size=25/50", [50, 25], 50)).join(" ")).toMatch(
    "the chosen batch size, 50, lies at the highest of its values: a higher one may be better",
  );
});

test("importance: what decides the errors has the share, what does not has none", () => {
  const space = parseSpace("learning-rate,batch-size,dropout", network);
  const trials = Array.from({ length: 60 }, (_, i): Trial => {
    const [a, b, c] = [(i * 0.618) % 1, (i * 0.4142 + 0.1) % 1, i % 4];
    const learningRate = 0.0003 * 100 ** a;
    return {
      settings: { learningRate, batchSize: [25, 50, 100, 200][c] as number, dropout: 0.7 * b },
      source: "sequence",
      errors: [0.1 + (a - 0.5) ** 2 + (c === 0 ? 0 : 0.04)],
    };
  });
  const [rate = 0, batch = 0, dropout = 1] = importances(space, trials) ?? [];
  expect(rate).toBeGreaterThan(0.4);
  expect(batch).toBeGreaterThan(0.02);
  expect(rate).toBeGreaterThan(3 * batch);
  expect(dropout).toBeLessThan(0.02);
  // Only ranks count.
  const stretched = trials.map((trial) => ({ ...trial, errors: trial.errors.map((error) => error ** 3) }));
  expect(importances(space, stretched)).toEqual(importances(space, trials));
  // Two columns for a range and three for four choices leave 10 degrees of freedom to 18 trials.
  expect(importances(space, trials.slice(0, 17))).toBeUndefined();
  for (const share of importances(space, trials.slice(0, 18)) ?? [-1]) expect(share >= 0 && share <= 1).toBe(true);
});

test("sentences: the best settings, that they are flattered, the fresh rounds, and what mattered", () => {
  const sentences = tuningFindings(tuning);
  const [best, check] = sentences;
  expect(best).toMatch(
    /^The best of 24 trials has learning rate \S+, batch size \d+, dropout rate \S+ and auxiliary weight \S+: validation error \d.*over 6 rounds\. It is the lowest of many, which flatters it\.$/,
  );
  expect(check).toMatch(
    /^In 6 rounds that were not used to choose settings \(seeds from 60000 on\) the chosen settings lower the validation error from .*% to .*%, by .* points \[.*\] against the architecture's own \(n = 6, p = 0.031\)\. 6 rounds are exploratory/,
  );
  expect(sentences.join("\n")).toMatch(/What mattered.*learning rate \(\d+%\)/);
});

test("where the own settings are best, they stay", () => {
  const { tuning } = syntheticTuning({
    error: ({ dropout = 0.5, batchSize = 50 }) => (dropout === 0.5 && batchSize === 50 ? 50 : 90),
  });
  expect(tuning).toMatchObject({ chosen: 0, check: null });
  const [best, check] = tuningFindings(tuning);
  expect(best).toMatch(/^Of 24 trials the architecture's own settings are the best, learning rate 0.003/);
  expect(check).toBe("The own settings stay, so there is nothing to compare.");
  expect(checkTable(tuning)).toBeUndefined();
});

test("too few rounds, or one, show nothing, and that is said", () => {
  expect(tuningFindings(syntheticTuning({ rounds: 4 }).tuning)[1]).toMatch(
    /no difference .* is shown.*\(n = 4, p = 0\.13\)\. So few rounds cannot show any difference: that takes at least 6 rounds\.$/,
  );
  expect(tuningFindings(syntheticTuning({ rounds: 1 }).tuning)[1]).toMatch(/one round tests nothing/);
});

test("fewer settings than trials are reported", () => {
  const { tuning } = syntheticTuning({ over: "batch-size=25/50/100" });
  expect(tuning.trials).toHaveLength(3);
  expect(tuningFindings(tuning).at(-1)).toBe(
    "24 trials were asked for, but there are only 3 different settings to try.",
  );
});

test("tables: the best ten and the own settings; what was searched", () => {
  const { rows, columns } = trialsTable(tuning);
  expect(columns).toEqual([
    "Trial",
    "Learning rate",
    "Batch size",
    "Dropout rate",
    "Auxiliary weight",
    "Validation error",
    "Rounds",
  ]);
  expect(rows.length).toBeLessThanOrEqual(11);
  expect(rows.filter(([name]) => name?.includes("own settings"))).toHaveLength(1);
  expect(rows[0]?.[1]).toBe(String(tuning.trials[ranked(tuning.trials)[0] as number]?.settings.learningRate));
  expect(trialsTable(tuning, 24).rows).toHaveLength(24);
  expect(searchedTable(tuning).rows[0]?.slice(0, 3)).toEqual(["Learning rate", "0.0003 to 0.03, logarithmic", "0.003"]);
  expect(checkTable(tuning)?.rows.map(([name]) => name)).toEqual(["chosen", "own"]);
});
