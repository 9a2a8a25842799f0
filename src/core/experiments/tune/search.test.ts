import { expect, test } from "vitest";
import { findArchitecture } from "../../architectures/index.js";
import { Stream } from "../../random/streams.js";
import { ln } from "../../statistics/logarithm.js";
import { ranked } from "../shared/halving.js";
import { defaultSpace, parseSpace, type SearchSpace, type TrialSettings } from "../shared/space.js";
import { search, searchPlan, type Trial, type TrialRun } from "./search.js";
import { chosenTrial } from "./tuning.js";

const architecture = findArchitecture("weight-sharing-auxiliary");
const network = { architecture, fixed: {} };
const space = defaultSpace(network);

/** Runs a search whose errors are made up. */
function searched(
  error: (run: TrialRun) => number,
  {
    trials = 24,
    rounds = 5,
    seed = 0,
    over = space,
  }: { trials?: number; rounds?: number; seed?: number; over?: SearchSpace } = {},
): { trials: Trial[]; steps: (readonly TrialRun[])[] } {
  const loop = search(over, network, searchPlan(trials, rounds, seed), seed);
  const steps: (readonly TrialRun[])[] = [];
  let step = loop.next([]);
  while (!step.done) {
    steps.push(step.value);
    step = loop.next(step.value.map(error));
  }
  return { trials: step.value, steps };
}

/** 0 at a learning rate of 0.001, an auxiliary weight of 2, dropout 0.2 and batches of 100. */
const distance = ({ learningRate, auxiliaryWeight, dropout, batchSize }: TrialSettings): number =>
  (ln(Number(learningRate) / 0.001) / ln(10)) ** 2 +
  (ln(Number(auxiliaryWeight) / 2) / ln(10)) ** 2 +
  (Number(dropout) - 0.2) ** 2 +
  (batchSize === 100 ? 0 : 0.05);
const bowl = ({ settings }: TrialRun): number => 0.08 + 0.1 * distance(settings);

test("rungs double up to the finalists' rounds", () => {
  expect(searchPlan(60, 10, 0).rungs).toEqual([1, 2, 3, 5, 10]);
  expect(searchPlan(60, 8, 0).rungs).toEqual([1, 2, 4, 8]);
  expect(searchPlan(60, 1, 0).rungs).toEqual([1]);
});

test("rounds of tuning lie apart from those of experiments and of the check", () => {
  expect(searchPlan(60, 4, 7).seeds).toEqual([50_007, 50_008, 50_009, 50_010]);
  expect(Math.max(...searchPlan(60, 1000, 7).seeds)).toBeLessThan(7 + 60_000);
});

test("a third explores, beginning with the own settings; all trials differ", () => {
  const { trials } = searched(bowl);
  expect(trials).toHaveLength(24);
  expect(trials[0]).toMatchObject({
    source: "own",
    settings: { learningRate: 0.003, batchSize: 50, dropout: 0.5, auxiliaryWeight: 0.5 },
  });
  expect(trials.map(({ source }) => source)).toEqual(["own", ...Array(7).fill("sequence"), ...Array(16).fill("model")]);
  expect(new Set(trials.map(({ settings }) => JSON.stringify(settings))).size).toBe(24);
});

test("every run is asked for once, and each rung's rounds follow those of the one below", () => {
  const { steps, trials } = searched(bowl);
  const runs = steps.flat().map(({ trial, round }) => `${trial}/${round}`);
  expect(new Set(runs).size).toBe(runs.length);
  expect(runs.length).toBe(trials.reduce((sum, { errors }) => sum + errors.length, 0));
  for (const { errors } of trials) expect([1, 2, 3, 5]).toContain(errors.length);
});

test("at the end the better half of each rung has climbed on, and few besides", () => {
  // An error that rounds do not change, so that half of the trials at any time is half of them by their error.
  const { trials } = searched(bowl);
  const errors = trials.map((trial) => trial.errors[0] as number).toSorted((a, b) => a - b);
  const better = trials.filter((trial) => (trial.errors[0] as number) <= (errors[11] as number));
  for (const { errors } of better) expect(errors.length).toBeGreaterThan(1);
  const climbed = [1, 2, 3, 5].map((rounds) => trials.filter(({ errors }) => errors.length >= rounds).length);
  for (const [rung, count] of climbed.entries())
    if (rung > 0) {
      expect(count).toBeGreaterThanOrEqual(Math.ceil((climbed[rung - 1] as number) / 2));
      expect(count).toBeLessThan(climbed[rung - 1] as number);
    }
  expect(trials[ranked(trials)[0] as number]?.errors[0]).toBe(errors[0]);
});

test("the last rung is climbed only at the end", () => {
  const { steps } = searched(bowl);
  const last = steps.findIndex((runs) => runs.some(({ round }) => round > 2));
  expect(last).toBe(steps.length - 1);
});

test("the same errors, the same search: nothing else is asked", () => {
  const noisy = (run: TrialRun) => bowl(run) + ((run.trial * 7 + run.round * 3) % 5) / 100;
  expect(searched(noisy)).toEqual(searched(noisy));
  expect(searched(noisy, { seed: 1 }).trials).not.toEqual(searched(noisy).trials);
});

test("it finds a synthetic optimum better than random settings do, over 20 seeds", () => {
  let [ours, random] = [0, 0];
  for (let seed = 0; seed < 20; seed++) {
    const noise = new Stream(seed, "bootstrap");
    const noisy = (run: TrialRun) => bowl(run) + 0.01 * (noise.unit() + noise.unit() - 1);
    const { trials } = searched(noisy, { trials: 40, rounds: 4, seed });
    ours += distance((trials[ranked(trials)[0] as number] as Trial).settings);
    // The same number of trials, and without noise in its favour.
    const places = new Stream(seed, "tuning");
    const drawn = Array.from({ length: 40 }, () =>
      distance({
        learningRate: 0.0003 * 100 ** places.unit(),
        auxiliaryWeight: 0.05 * 100 ** places.unit(),
        dropout: 0.7 * places.unit(),
        batchSize: [25, 50, 100, 200][places.below(4)] as number,
      }),
    );
    random += Math.min(...drawn);
  }
  expect(ours).toBeLessThan(0.75 * random);
});

test("what has more rounds ranks first, then the lower mean", () => {
  const trial = (...errors: number[]): Trial => ({ settings: {}, source: "model", errors });
  expect(ranked([trial(0.01), trial(0.2, 0.1), trial(0.1, 0.1), trial(0.005), trial(0.9, 0.9, 0.9)])).toEqual([
    4, 2, 1, 3, 0,
  ]);
});

test("a space of a few settings is tried whole, and own settings outside it once more", () => {
  const few = parseSpace("batch-size=25/50/100", network);
  expect(
    searched(bowl, { over: few, rounds: 1 })
      .trials.map(({ settings }) => settings.batchSize)
      .toSorted(),
  ).toEqual([100, 25, 50]);
  const outside = parseSpace("batch-size=10/20", network);
  const { trials } = searched(bowl, { over: outside, rounds: 1 });
  expect(trials.map(({ settings }) => settings.batchSize).toSorted()).toEqual([10, 20, 50]);
});

test("trials that diverge climb no further, rank last, and are not where others are proposed", () => {
  const diverges = ({ settings }: TrialRun) => Number(settings.learningRate) > 0.004;
  const { trials } = searched((run) => (diverges(run) ? Number.NaN : bowl(run)), { trials: 40 });
  const order = ranked(trials).map((i) => trials[i] as Trial);
  const lost = order.filter(({ errors }) => errors.some(Number.isNaN));
  expect(lost.length).toBeGreaterThan(3);
  expect(order.slice(-lost.length)).toEqual(lost);
  for (const { errors } of lost) expect(errors).toHaveLength(1);
  const proposed = trials.filter(({ source }) => source === "model");
  const lostProposals = proposed.filter(({ settings }) => Number(settings.learningRate) > 0.004);
  // Two fifths of the logarithmic range diverge.
  expect(lostProposals.length / proposed.length).toBeLessThan(0.25);
});

test("a trial that diverged in a late round ranks behind one of a single round", () => {
  const trial = (...errors: number[]): Trial => ({ settings: {}, source: "model", errors });
  const trials = [trial(0.1, 0.1, Number.NaN), trial(0.5), trial(Number.NaN)];
  expect(ranked(trials)).toEqual([1, 0, 2]);
  expect(chosenTrial(trials)).toBe(1);
  expect(() => chosenTrial([trial(0.1, Number.NaN), trial(Number.NaN)])).toThrow(
    /^all 2 trials diverged, so none can be chosen: search other values/,
  );
});

test("a search all of whose trials diverge asks for one round of each", () => {
  const { trials } = searched(() => Number.NaN);
  expect(trials).toHaveLength(24);
  for (const { errors } of trials) expect(errors).toEqual([Number.NaN]);
});
