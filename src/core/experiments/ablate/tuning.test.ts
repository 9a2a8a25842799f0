import { expect, test } from "vitest";
import { cells } from "./factors.js";
import { candidateRuns, chosenSettings, startTuning, tuningBudget, withErrors } from "./tuning.js";

test("every cell is given the same runs, and keeps the candidate with the lowest error", () => {
  const budget = tuningBudget(8, 5, 4000);
  expect(budget).toEqual({ candidates: 8, steps: [8, 4, 2], seeds: [50_005, 50_006, 50_007], validationPairs: 4000 });
  let tuned = startTuning(budget, 5);
  // A made-up error that is least at a learning rate of another size for each cell.
  const least = new Map(
    tuned.map(({ name, candidates }, i) => [name, candidates[i % 8]?.settings.learningRate as number]),
  );
  for (const candidates of budget.steps) {
    const trials = candidateRuns(tuned);
    for (const { name } of cells)
      expect(trials.filter(({ architecture }) => architecture === name)).toHaveLength(candidates);
    tuned = withErrors(
      tuned,
      trials.map(({ architecture, settings }) => Math.abs(settings.learningRate - (least.get(architecture) as number))),
    );
  }
  expect(candidateRuns(tuned)).toEqual([]);
  for (const cell of tuned) expect(chosenSettings(cell).learningRate).toBe(least.get(cell.name));
});

test("without a choice there is no tuning", () => {
  const budget = tuningBudget(1, 0, 4000);
  expect(budget.steps).toEqual([]);
  const tuned = startTuning(budget, 0);
  expect(candidateRuns(tuned)).toEqual([]);
  expect(tuned.map(chosenSettings)).toEqual(tuned.map(({ candidates }) => candidates[0]?.settings));
});
