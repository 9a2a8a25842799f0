import { describe, expect, it, test } from "vitest";
import { InvalidRequest } from "../../errors.js";
import type { Job, RunRecord } from "../../training/index.js";
import { ablate } from "../ablate/experiment.js";
import { compare } from "../compare/experiment.js";
import { reproduce } from "../reproduce/experiment.js";
import { tune } from "../tune/experiment.js";
import { worth } from "../worth/experiment.js";
import type { Apparatus } from "./apparatus.js";
import { type Experiment, type ExperimentStep, runExperiment } from "./experiment.js";

const apparatus: Apparatus = {
  dataset: {
    identity: { name: "MNIST", sha256: "5e".repeat(32) },
    train: { count: 60_000, height: 28, width: 28, labels: Uint8Array.from({ length: 60_000 }, (_, i) => i % 10) },
    test: { count: 10_000, height: 28, width: 28, labels: Uint8Array.from({ length: 10_000 }, (_, i) => i % 10) },
  },
  engine: { version: "0.1.0", simd: "base", kernels: "7d".repeat(32) },
  workers: 2,
};

/** A record with an error that follows from the job's id. */
const recordOf = ({ id, architecture, seed, config }: Job): RunRecord => {
  const testError = (100 + (Number.parseInt(id.slice(0, 6), 16) % 100)) / 1000;
  const result = { trainLoss: 0.1, testLoss: 0.5, trainAccuracy: 0.99, testAccuracy: 1 - testError };
  const errors = { trainError: 0.01, testError, epochs: [{ epoch: config.epochs, ...result }] };
  return { id, architecture, seed, config, parameters: 1000, ...errors, seconds: 1, weightsSha256: id.repeat(4) };
};

/** Runs an experiment without training. @returns its steps, its result and its summary */
async function run<Options, Result>(experiment: Experiment<Options, Result>, options: Options) {
  const steps: ExperimentStep[] = [];
  const findings = await runExperiment(experiment, options, apparatus, async (step) => {
    steps.push(step);
    return step.jobs.map(recordOf);
  });
  const told = steps.map(({ purpose, jobs }) => `${purpose ?? "train"}: ${jobs.length}`);
  return { steps, told, result: findings.result, summary: experiment.summary(findings) };
}

const rounds = { rounds: 2, seed: 3 };

describe("an experiment asks for runs step by step", () => {
  it("reproduce: five networks in every round", async () => {
    const { told, result } = await run(reproduce, rounds);
    expect(told).toEqual(["train: 10"]);
    expect(result).toMatchObject({ ...rounds, engine: { version: "0.1.0", simd: "base", workers: 2 } });
    expect(result.architectures.map(({ name }) => name)).toEqual([
      "mlp",
      "simple-cnn",
      "weight-sharing",
      "weight-sharing-auxiliary",
      "one-by-one",
    ]);
  });

  it("compare: to be measured on all test pairs", async () => {
    const { steps, told, result } = await run(compare, { architectures: ["mlp", "quick"], ...rounds, baseline: true });
    expect(told).toEqual(["train: 4"]);
    expect(steps[0]?.onAllTestPairs).toBe(true);
    expect(result).toMatchObject({ baseline: "mlp", differences: [{ a: "mlp", b: "quick" }] });
  });

  it("compare with optimizers: each is tuned before all are compared", async () => {
    const optimizers = ["adam", "sgd"] as const;
    const { told, result } = await run(compare, { architectures: ["mlp"], optimizers, trials: 2, ...rounds });
    expect(told[0]).toBe("tuning adam, 2 trials, round 1: 2");
    expect(told.at(-1)).toBe("train: 4");
    expect(result.optimizers?.map(({ name }) => name)).toEqual(optimizers);
    expect(result.plan?.trials).toBe(2);
  });

  it("ablate: candidates, then the chosen ones in every round", async () => {
    const { told, result } = await run(ablate, { candidates: 3, ...rounds });
    expect(told).toEqual([
      "tuning, step 1 of 2, 3 candidates of each of 24 networks: 72",
      "tuning, step 2 of 2, 2 candidates of each of 24 networks: 48",
      "measuring 24 networks in 2 rounds: 48",
    ]);
    expect(result.cells).toHaveLength(24);
  });

  it("worth: every network at every size, the largest first", async () => {
    const { steps, told, result } = await run(worth, { sizes: [50, 100], ...rounds });
    expect(told).toEqual(["train: 20"]);
    expect(steps[0]?.jobs[0]?.config.trainPairs).toBe(100);
    expect(result).toMatchObject({ sizes: [50, 100], epochs: 25, testPairs: 5000 });
  });

  it.each([
    ["reproduce", async () => (await run(reproduce, rounds)).steps],
    ["ablate", async () => (await run(ablate, { candidates: 3, ...rounds })).steps],
    ["worth", async () => (await run(worth, { sizes: [50, 100], ...rounds })).steps],
  ])("%s: the reported runs are to be measured on all test pairs, and no others", async (_, stepsOf) => {
    for (const { jobs, onAllTestPairs = false } of await stepsOf())
      for (const { config } of jobs) expect(config.evaluateOn === "test").toBe(onAllTestPairs);
  });

  it("compare on validation pairs: on no test pairs", async () => {
    const settings = { evaluateOn: "validation" } as const;
    const { steps } = await run(compare, { architectures: ["mlp", "quick"], ...rounds, settings });
    expect(steps.map(({ onAllTestPairs }) => onAllTestPairs)).toEqual([undefined]);
  });

  it("tune: trials, then a check of the chosen one, on validation pairs", async () => {
    const { steps, told, result } = await run(tune, { architecture: "mlp", trials: 9, ...rounds });
    expect(told[0]).toBe("tuning, 3 trials, round 1: 3");
    expect(result.chosen === 0 || told.at(-1)?.startsWith("checking the chosen settings")).toBe(true);
    for (const { config } of steps.flatMap(({ jobs }) => jobs)) expect(config.evaluateOn).toBe("validation");
    expect(result.command).toMatch(/^pairlab train mlp --learning-rate /);
  });
});

test("verdicts on the test pairs give every mean and difference an interval in general", async () => {
  const judged = (job: Job) => {
    const wrong = new Uint8Array(625).map(
      (_, byte) => Number.parseInt(job.id.slice(byte % 15, (byte % 15) + 2), 16) & 17,
    );
    let errors = 0;
    for (const byte of wrong) errors += Number((byte & 1) > 0) + Number((byte & 16) > 0);
    return { ...recordOf(job), allTestPairs: { pairs: 5000, testError: errors / 5000, yes: 2500, wrong } };
  };
  const options = { architectures: ["mlp", "quick"], rounds: 6, seed: 3 };
  const { result } = await runExperiment(compare, options, apparatus, async ({ jobs }) => jobs.map(judged));
  const { architectures, differences, differencePairs } = result;
  expect(differencePairs).toBe(5000);
  for (const { general, allTestPairs } of architectures) {
    expect(allTestPairs?.general).toMatchObject({ of: "images", imagesSd: general?.imagesSd });
    // A round trains on 2,000 of 60,000 images.
    expect(general?.trainingOverlap).toBeGreaterThan(0.03);
    expect(general?.trainingOverlap).toBeLessThan(0.037);
    const [these, wider] = [allTestPairs?.testError.ci95, allTestPairs?.general?.ci95];
    expect(wider?.[0]).toBeLessThanOrEqual(these?.[0] as number);
    expect(wider?.[1]).toBeGreaterThanOrEqual(these?.[1] as number);
  }
  const [{ mean, sentence, general }] = differences as [(typeof differences)[number]];
  const [mlp, quick] = architectures.map(({ allTestPairs }) => allTestPairs?.testError.mean as number);
  expect(mean).toBeCloseTo((mlp as number) - (quick as number), 12);
  expect(general?.ci95).not.toBeNull();
  expect(sentence).toContain(" For digits in general the interval is [");
});

test("a summary has tables and sentences", async () => {
  const { summary } = await run(worth, { sizes: [50, 100], ...rounds });
  expect(summary.map(({ kind }) => kind)).toEqual(["table", "sentences"]);
});

test("the training function must answer with the records of the jobs, in their order", async () => {
  for (const answer of [
    (records: RunRecord[]) => records.toReversed(),
    (records: RunRecord[]) => records.slice(1),
    (records: RunRecord[]) => [...records, ...records],
  ]) {
    const running = runExperiment(reproduce, rounds, apparatus, async ({ jobs }) => answer(jobs.map(recordOf)));
    await expect(running).rejects.toThrow(InvalidRequest);
    await expect(running).rejects.toThrow("a step of 10 jobs was answered with records of other jobs");
  }
});

test("what is not there is asked for", async () => {
  const missing = runExperiment(reproduce, rounds, { ...apparatus, dataset: undefined } as never, async () => []);
  await expect(missing).rejects.toThrow("apparatus.dataset is missing");
  await expect(runExperiment(reproduce, rounds, apparatus, undefined as never)).rejects.toThrow("train is missing");
  await expect(runExperiment({} as never, rounds, apparatus, async () => [])).rejects.toThrow(
    "experiment.plan is missing",
  );
});

test.each<[string, () => unknown, string]>([
  ["no rounds", () => reproduce.plan({ rounds: 0, seed: 0 }), "rounds must be "],
  [
    "a misspelt option",
    () => worth.plan({ seed: 0, size: [1, 2] } as never),
    'there is no option "size": did you mean',
  ],
  ["sizes that fall", () => worth.plan({ seed: 0, sizes: [100, 50] }), "sizes must be two or more numbers"],
  ["a preset", () => ablate.plan({ seed: 0, preset: "slow" as never }), "preset must be one of quick, full"],
  ["seeds of tuning", () => ablate.plan({ seed: 50_000 }), "kept for choosing settings"],
  ["one architecture", () => compare.plan({ architectures: ["mlp"], ...rounds }), "at least two architectures"],
  [
    "a search's pairs",
    () => tune.plan({ architecture: "mlp", trials: 2, ...rounds, settings: { testPairs: 9 } as never }),
    "settings.testPairs: a search measures",
  ],
])("%s is refused before anything is trained", (_, plan, message) => {
  expect(plan).toThrow(InvalidRequest);
  expect(plan).toThrow(message);
});
