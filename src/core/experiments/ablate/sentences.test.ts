import { expect, test } from "vitest";
import { syntheticAblation } from "../../../../test/support/ablation.js";
import type { Ablation, Effect } from "./ablation.js";
import { ablationSentences, tuningSentences } from "./sentences.js";

const { ablation } = syntheticAblation();
const withEffects = (effects: Partial<Effect>[], rounds = 30): Ablation => ({
  ...ablation,
  rounds,
  effects: effects.map((effect) => ({
    factors: ["sharing"],
    mean: 0,
    sd: 0.001,
    ci95: [0, 0],
    p: 1,
    pHolm: 1,
    perRound: [],
    beside: null,
    ...effect,
    simultaneousCi95: effect.simultaneousCi95 ?? effect.ci95 ?? [0, 0],
  })),
});

test("main effects before interactions, the largest first, then what is not clear", () => {
  const sentences = ablationSentences(
    withEffects([
      { factors: ["sharing"], mean: -0.012, ci95: [-0.015, -0.009], pHolm: 0.002 },
      { factors: ["auxiliary"], mean: -0.081, ci95: [-0.087, -0.076], pHolm: 0.0005 },
      { factors: ["dropout"], mean: 0.004, ci95: [0.002, 0.006], pHolm: 0.03 },
      { factors: ["batch-norm"], mean: -0.0012, ci95: [-0.004, 0.0015], pHolm: 0.6 },
      {
        factors: ["sharing", "auxiliary"],
        mean: -0.012,
        ci95: [-0.016, -0.008],
        pHolm: 0.01,
        beside: { present: -0.034, absent: -0.022 },
      },
      {
        factors: ["batch-norm", "rule"],
        mean: 0.021,
        ci95: [0.015, 0.028],
        pHolm: 0.01,
        beside: { present: 0.011, absent: -0.01 },
      },
      { factors: ["dropout", "rule"], mean: 0.001, pHolm: 0.9, beside: { present: 0, absent: -0.001 } },
    ]),
  );
  expect(sentences.slice(0, -1)).toEqual([
    "Settings were tuned once: the intervals and p hold for the chosen settings, and not what another tuning would change.",
    "The auxiliary loss lowers test error by 8.1 points [7.6, 8.7] on average over the other hints (n = 30, p < 0.001).",
    "Weight sharing lowers test error by 1.2 points [0.9, 1.5] on average over the other hints (n = 30, p = 0.002).",
    "Dropout raises test error by 0.40 points [0.20, 0.60] on average over the other hints (n = 30, p = 0.030).",
    "Batch norm brings 2.1 points [1.5, 2.8] less where the rule compares the digits: it raises test error by 1.1 points there, and lowers it by 1.0 points elsewhere (n = 30, p = 0.010).",
    "Weight sharing brings 1.2 points [0.8, 1.6] more where there is an auxiliary loss: it lowers test error by 3.4 points there, and by 2.2 points elsewhere (n = 30, p = 0.010).",
    "With the tests and intervals of all effects taken together, these cannot be told from zero: of the main effects, batch norm (−0.12 points [−0.40, 0.15]); of the interactions, dropout × comparison rule. That does not show that they are zero.",
  ]);
});

test("the lowest error and the highest", () => {
  expect(ablationSentences(ablation).at(-1)).toMatch(
    /^Mean test errors go from \d\.\d% \(hints: sharing, auxiliary, batch norm.*, rule\) to \d\d\.\d% \(hints: (none|dropout)\); picking the lowest of 24 flatters it/,
  );
});

test("few rounds are said to be few", () => {
  const first = (rounds: number) => ablationSentences(syntheticAblation({ rounds }).ablation)[0];
  expect(first(1)).toBe(
    "One round is too few to tell any of the 14 effects from zero, however large: that takes at least 10 rounds, and a claim needs 30 (--preset full).",
  );
  expect(first(9)).toMatch(/^9 rounds are too few/);
  expect(first(10)).toBe("10 rounds are enough for a first look; a claim needs 30 (--preset full).");
  expect(first(30)).toMatch(/^Settings were tuned once/);
});

test("what tuning changed, and that no choice saw a test image", () => {
  const [how, changed] = tuningSentences(ablation);
  expect(how).toBe(
    "The settings of each network were chosen on validation pairs, training images that the round does not train on; no choice saw a test image. Each network had 4 candidates in 2 rounds of tuning, none of which is reported.",
  );
  const count = ablation.cells.filter(({ tuning }) => tuning.chosen > 0).length;
  expect(count).toBeGreaterThan(0);
  expect(changed).toMatch(
    `Tuning chose settings other than the network's own for ${count} of 24 networks; in the first round of tuning these had a validation error`,
  );
});

test("a chosen learning rate with none tried beyond it is named", () => {
  const candidate = (learningRate: number, error: number) => ({ settings: { learningRate }, errors: [error] });
  const cell = (name: string, rates: number[], chosen: number) => ({
    ...(ablation.cells[0] as Ablation["cells"][number]),
    name,
    settings: { learningRate: rates[chosen] as number },
    tuning: { chosen, candidates: rates.map((rate) => candidate(rate, 0.1)) },
  });
  const sentences = tuningSentences({
    ...ablation,
    cells: [
      cell("low", [3, 1, 5], 1),
      cell("middle", [3, 1, 5], 0),
      cell("high", [3, 1, 5], 2),
      cell("alone", [3, 3], 0),
    ],
  });
  expect(sentences.slice(2)).toEqual([
    "The chosen learning rate is the lowest of those tried for 1 of 4 networks, so a lower one may be better: low.",
    "The chosen learning rate is the highest of those tried for 1 of 4 networks, so a higher one may be better: high.",
  ]);
});

test("where nothing was tuned, that is said", () => {
  expect(tuningSentences(syntheticAblation({ candidates: 1 }).ablation)).toEqual([
    "Nothing was tuned: every network has its own settings, which suit some networks better than others.",
  ]);
});
