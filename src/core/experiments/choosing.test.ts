import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { plannedApparatus } from "../../../test/support/apparatus.js";
import { architectures, trunkArchitectures } from "../architectures/index.js";
import { OPTIMIZERS } from "../engine/optimizers/registry.js";
import type { Job, RunRecord } from "../training/index.js";
import { experiments } from "./list.js";
import { type Experiment, runExperiment } from "./shared/experiment.js";

// Which settings are tried, in which order, and which are chosen: stored tunings and ablations rest on it. May change only in a
// major version, with a line in the changelog.

// Enough for 1,000 training and 4,000 validation pairs: no id says how many there are.
const apparatus = plannedApparatus(12_000, 2000);

/** A record whose error follows from the job's id; one in eleven diverged, except in the rounds that are reported. */
function recordOf({ id, architecture, seed, config }: Job): RunRecord {
  const number = Number.parseInt(id.slice(0, 6), 16);
  const testError = seed >= 50_000 && number % 11 === 0 ? Number.NaN : (100 + (number % 100)) / 1000;
  const result = { trainLoss: 0.1, testLoss: 0.5, trainAccuracy: 0.99, testAccuracy: 1 - testError };
  const errors = { trainError: 0.01, testError, epochs: [{ epoch: config.epochs, ...result }] };
  return { id, architecture, seed, config, parameters: 1000, ...errors, seconds: 1, weightsSha256: id.repeat(4) };
}

/** A digest of the runs that an experiment asks for: their ids cover the settings that are tried, and those that are chosen. */
async function digestOf<Options, Result>(
  experiment: Experiment<Options, Result>,
  all: readonly Options[],
): Promise<string> {
  const hash = createHash("sha256");
  for (const options of all) {
    await runExperiment(experiment, options, apparatus, async ({ jobs }) => {
      hash.update(`${jobs.map(({ id }) => id).join()};`);
      return jobs.map(recordOf);
    });
  }
  return hash.digest("hex").slice(0, 16);
}

test.each([
  [1, "6437a9847924948b"],
  [2, "60296e9625397fae"],
  [8, "3d82b0ba1cb0cec7"],
  [13, "94998d17ace0eeb9"],
  [64, "dc9e00f05aad5275"],
])("ablate with %i candidates", async (candidates, digest) => {
  const all = [0, 1, 20].map((seed) => ({ seed, rounds: 2, candidates }));
  expect(await digestOf(experiments.ablate, all)).toBe(digest);
});

test("ablate with three tunings", async () => {
  const all = [0, 1, 20].map((seed) => ({ seed, rounds: 2, tunings: 3, candidates: 4 }));
  expect(await digestOf(experiments.ablate, all)).toBe("43e2e57802d2de8d");
});

test("tune: every architecture with its own optimizer", async () => {
  const all = [...architectures, ...trunkArchitectures].map(({ name }, seed) => ({
    ...{ architecture: name, seed, trials: 20, rounds: 2 },
  }));
  expect(await digestOf(experiments.tune, all)).toBe("84aad14d53c06f56");
});

test("tune: every optimizer and setting", async () => {
  const all = OPTIMIZERS.flatMap((optimizer) =>
    ["one-by-one", "weight-sharing-auxiliary"].map((architecture) => ({
      ...{ architecture, seed: 5, trials: 40, rounds: 3, settings: { optimizer } },
    })),
  );
  const asked = { architecture: "weight-sharing-auxiliary", seed: 1, trials: 40, rounds: 1 };
  const spaces = ["optimizer,schedule", "learning-rate=1e-5..1e-1,batch-size=10..400", "weight-decay,dropout=0.1..0.7"];
  expect(await digestOf(experiments.tune, [...all, ...spaces.map((over) => ({ ...asked, over }))])).toBe(
    "c468bb881038096d",
  );
});

test("compare: every optimizer that a network can have", async () => {
  const all = ["mlp", "best"].map((name, seed) => ({
    ...{ architectures: [name], optimizers: "all" as const, trials: 12, rounds: 2, seed },
  }));
  expect(await digestOf(experiments.compare, all)).toBe("80ccb73c5e085238");
});

test("compare: optimizers with three tunings", async () => {
  const all = ["mlp", "best"].map((name, seed) => ({
    ...{ architectures: [name], optimizers: "all" as const, trials: 12, rounds: 2, tunings: 3, seed },
  }));
  expect(await digestOf(experiments.compare, all)).toBe("110aa8037ca27481");
});

test("with one tuning, said or not, the runs are the same; the first of several begins with them", async () => {
  const asked = async (tunings: number | undefined) => {
    const ids: string[][] = [];
    await runExperiment(
      experiments.ablate,
      { seed: 3, rounds: 2, candidates: 4, ...(tunings && { tunings }) },
      apparatus,
      async ({ jobs }) => {
        ids.push(jobs.map(({ id }) => id));
        return jobs.map(recordOf);
      },
    );
    return ids;
  };
  const [unsaid, one, two] = await Promise.all([asked(undefined), asked(1), asked(2)]);
  expect(one).toEqual(unsaid);
  // Two steps of tuning, and the rounds of the first tuning, which come first of those that are measured.
  expect(two.slice(0, 2)).toEqual(one.slice(0, 2));
  expect(two.at(-1)?.slice(0, 48)).toEqual(one.at(-1));
  expect(new Set(two.flat()).size).toBe(two.flat().length);
});

test.each<[string, Partial<Parameters<typeof experiments.ablate.plan>[0]>, string]>([
  ["no tuning", { tunings: 0 }, "tunings must be a whole number from 1 to 100, not 0"],
  [
    "tunings without a choice",
    { tunings: 2, candidates: 1 },
    "--tunings 2 with --candidates 1: one candidate is no choice",
  ],
  ["too many rounds", { tunings: 100, rounds: 101 }, "are 10100 rounds: there are at most 10000"],
  ["rounds among those of tuning", { tunings: 100, rounds: 2, seed: 49_900 }, "which are kept for choosing settings"],
])("ablate refuses %s", (_, options, message) => {
  expect(() => experiments.ablate.plan({ seed: 0, ...options })).toThrow(message);
});

test.each<[string, Partial<Parameters<typeof experiments.compare.plan>[0]>, string]>([
  ["tunings of nothing", { architectures: ["mlp", "best"], tunings: 2 }, "--tunings is the budget of --optimizers"],
  ["tunings of rounds that are added", { optimizers: "all", tunings: 2, until: {} }, "leave one of them out"],
  ["too many rounds", { optimizers: "all", tunings: 100, rounds: 101 }, "are 10100 rounds: there are at most 10000"],
])("compare refuses %s", (_, options, message) => {
  expect(() => experiments.compare.plan({ architectures: ["mlp"], rounds: 2, seed: 0, ...options })).toThrow(message);
});
