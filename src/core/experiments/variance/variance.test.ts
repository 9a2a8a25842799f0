import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { plannedApparatus } from "../../../../test/support/apparatus.js";
import * as figures from "../../figures/index.js";
import type { RunEvaluation } from "../../inspection/index.js";
import { Stream } from "../../random/streams.js";
import { crossedDesign, crossedImages, roundsOfPairs, varianceComponents } from "../../statistics/index.js";
import { fixedStreams, type Job, type RunRecord } from "../../training/index.js";
import type { MeasuredRun } from "../shared/all-test-pairs.js";
import { type ExperimentStep, runExperiment } from "../shared/experiment.js";
import { type VarianceOptions, variance } from "./experiment.js";
import { variancePart } from "./report.js";

const { document } = parseHTML("<!doctype html><html></html>");
const apparatus = plannedApparatus();

/** An error that depends on the training pairs, and a little on the rest. */
const errorOf = ({ id, seed, config }: Job): number =>
  (150 + 7 * ((config.dataSeed ?? seed) % 4) + (Number.parseInt(id.slice(0, 6), 16) % 9)) / 1000;

const recordOf = (job: Job): RunRecord => {
  const testError = errorOf(job);
  return {
    ...job,
    parameters: 1,
    trainError: 0.01,
    testError,
    epochs: [],
    seconds: 1,
    weightsSha256: job.id.repeat(4),
  };
};

async function run(options: Partial<VarianceOptions>, change: (record: RunRecord) => MeasuredRun = (record) => record) {
  const asked = { architecture: "mlp", seed: 3, ...options };
  let jobs: readonly Job[] = [];
  const steps: ExperimentStep[] = [];
  const findings = await runExperiment(variance, asked, apparatus, async (step) => {
    steps.push(step);
    jobs = step.jobs;
    return jobs.map((job) => change(recordOf(job)));
  });
  const part = variancePart(findings, { figures, document }, asked);
  const command = part.blocks.flatMap((block) => (block.kind === "command" ? [block.command] : []))[0];
  return { jobs, steps, ...findings, summary: variance.summary(findings), part, command };
}

const sentencesOf = ({ summary }: Awaited<ReturnType<typeof run>>): readonly string[] =>
  summary.flatMap((block) => (block.kind === "sentences" ? block.sentences : []));

test("each run has a seed of its own, and each source of chance that of its level", async () => {
  const { jobs, result } = await run({ levels: 4 });
  expect(result.factors).toEqual(["data", "init", "order"]);
  expect(jobs.map(({ seed }) => seed)).toEqual(Array.from({ length: 16 }, (_, i) => 3 + i));
  const design = crossedDesign(3, 4);
  for (const [i, { seed, config }] of jobs.entries()) {
    const { dataSeed = seed, initSeed = seed, orderSeed = seed } = config;
    expect([dataSeed, initSeed, orderSeed]).toEqual(design[i]?.map((level) => 3 + level));
    expect(result.runs[i]?.levels).toEqual({ data: design[i]?.[0], init: design[i]?.[1], order: design[i]?.[2] });
  }
});

test("the parts are those of the errors of these runs", async () => {
  const { jobs, result } = await run({ levels: 4 });
  const design = crossedDesign(3, 4);
  const values = jobs.map((job, i) => ({ levels: design[i] as number[], value: errorOf(job) }));
  const { factors, rest, sampling, total } = varianceComponents(values, { seed: 3, pairs: 1000 });
  expect(result.parts?.map(({ name: _, ...part }) => part)).toEqual([...factors, rest, sampling]);
  expect(result.parts?.map(({ name }) => name)).toEqual(["data", "init", "order", "interactions", "test pairs"]);
  expect(result.total?.variance).toBe(total);
});

test.each<[string, Partial<VarianceOptions>, string[], string[], number, string]>([
  [
    "all that training draws from",
    { architecture: "one-by-one" },
    ["data", "init", "order", "dropout"],
    [],
    81,
    "pairlab variance one-by-one --seed 3",
  ],
  [
    "not what is held",
    { settings: fixedStreams(["order"], 3) },
    ["data", "init"],
    [],
    81,
    "pairlab variance mlp --seed 3 --fix order",
  ],
  [
    "only what is named",
    { factors: ["data"], levels: 5 },
    ["data"],
    ["init", "order"],
    25,
    "pairlab variance mlp --factors data --levels 5 --seed 3",
  ],
  [
    "five sources",
    {
      architecture: "one-by-one",
      settings: { augmentation: { rotation: 8, scale: 0.08, shear: 0.1, shift: 1 }, testPairs: 500 },
    },
    ["data", "init", "order", "dropout", "augmentation"],
    [],
    49,
    "pairlab variance one-by-one --test-pairs 500 --seed 3 --augmentation mild",
  ],
])("crossed: %s; the command repeats it", async (_, options, factors, free, runs, repeat) => {
  const { result, command } = await run(options);
  expect([result.factors, result.free, result.runs.length]).toEqual([factors, free, runs]);
  expect(command).toBe(repeat);
});

describe("tuning as a source", () => {
  test("each tuning has a seed of its own, and its choice is the settings of its level", async () => {
    const { steps, jobs, result } = await run({ tunings: 5, candidates: 4 });
    const [tuning] = steps as [ExperimentStep, ExperimentStep];
    expect(steps).toHaveLength(2);
    expect(tuning.jobs.map(({ seed }) => seed)).toEqual(
      Array.from({ length: 20 }, (_, i) => 50_003 + Math.floor(i / 4)),
    );
    expect(tuning.jobs.every(({ config }) => config.evaluateOn === "validation" && config.testPairs === 4000)).toBe(
      true,
    );
    expect(result.factors).toEqual(["data", "init", "order", "tuning"]);
    expect([result.levels, result.tunings, result.tuning?.each.length]).toEqual([5, 5, 5]);
    // The lowest error of a tuning's four runs, by hand.
    const best = Array.from({ length: 5 }, (_, t) => {
      const own = tuning.jobs.slice(4 * t, 4 * t + 4);
      return own.reduce((low, job) => (errorOf(job) < errorOf(low) ? job : low)).config;
    });
    const rates = jobs.map(({ config }) => [config.learningRate, config.batchSize, config.weightDecay]);
    expect(rates).toEqual(
      result.runs.map(({ levels }) => {
        const chosen = best[levels.tuning as number];
        return [chosen?.learningRate, chosen?.batchSize, chosen?.weightDecay];
      }),
    );
    expect(new Set(rates.map(String)).size).toBeGreaterThan(1);
    expect(jobs.every(({ config, seed }) => config.evaluateOn === "test" && seed < 50_000)).toBe(true);
    // Runs with one tuning have every seed of another source once.
    for (let level = 0; level < 5; level++) {
      const own = result.runs.filter(({ levels }) => levels.tuning === level);
      expect(new Set(own.map(({ levels }) => levels.data)).size).toBe(5);
    }
    expect(result.parts?.map(({ name }) => name)).toContain("tuning");
  });

  test("a network with dropout has six sources with augmentation, and the command repeats it", async () => {
    const augmentation = { rotation: 8, scale: 0.08, shear: 0.1, shift: 1 };
    const { result, command, jobs } = await run({
      ...{ architecture: "one-by-one", tunings: 7, candidates: 2, settings: { augmentation, learningRate: 0.002 } },
    });
    expect(result.factors).toEqual(["data", "init", "order", "dropout", "augmentation", "tuning"]);
    expect(jobs.every(({ config }) => config.learningRate === 0.002)).toBe(true);
    expect(command).toBe(
      "pairlab variance one-by-one --candidates 2 --learning-rate 0.002 --tunings 7 --seed 3 --augmentation mild",
    );
  });

  test("a tuning that takes no dropout leaves the design whole", async () => {
    const { result, jobs } = await run({ architecture: "one-by-one", tunings: 5, candidates: 3 }, (record) => ({
      ...record,
      // Less dropout always looks better, and each tuning's own settings are worst.
      ...(record.config.evaluateOn === "validation" && { testError: 0.01 + record.config.dropout / 10 }),
    }));
    expect(result.factors).toContain("dropout");
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(25);
    expect(result.parts).not.toBeNull();
  });

  test("files have every candidate", async () => {
    const { part, result } = await run({ tunings: 3, candidates: 4, factors: ["data"] });
    const text = part.files.find(({ fileName }) => fileName === "variance-tuning.csv")?.text ?? "";
    expect(text.split("\n")[0]).toBe(
      "tuning,seed,candidate,learningRate,batchSize,weightDecay,validation_error,chosen",
    );
    expect(text.trimEnd().split("\n")).toHaveLength(13);
    expect(result.factors).toEqual(["data", "tuning"]);
  });
});

describe("test images as a source", () => {
  /** A verdict on all 5,000 pairs: one in eight bytes of the run's id decides. */
  const judged = (record: RunRecord): MeasuredRun => {
    const stream = new Stream(record.seed, "initialization");
    const wrong = Uint8Array.from({ length: 625 }, () => Math.floor(256 * stream.unit() * stream.unit()));
    return { ...record, allTestPairs: { pairs: 5000, testError: 0.2, testLoss: 0.5, wrong } as RunEvaluation };
  };

  test("its part is that of the verdicts, and the whole is said with it and without", async () => {
    const { result, records, steps, summary } = await run({ levels: 4 }, judged);
    expect(steps[0]?.onAllTestPairs).toBe(true);
    const images = crossedImages(
      roundsOfPairs(records.map(({ drawn }) => drawn?.tested ?? [])),
      records.map(({ allTestPairs }) =>
        Array.from({ length: 5000 }, (_, i) => ((allTestPairs?.wrong?.[i >> 3] ?? 0) >> (i % 8)) & 1),
      ),
      crossedDesign(3, 4),
    );
    expect(result.testImages).toBe(10_000);
    const part = result.parts?.find(({ name }) => name === "test images");
    expect(part?.estimate).toBe(images?.all);
    const here = result.onTheseImages?.variance ?? 0;
    expect(result.total?.variance).toBeCloseTo(here + (part?.variance ?? 0), 14);
    expect(JSON.stringify(summary)).toContain("A run on these test images");
    expect(JSON.stringify(summary)).toContain("which all runs share");
  });

  test("verdicts that are missing leave it out", async () => {
    const { result } = await run({ levels: 3 }, (record) => (record.seed === 4 ? record : judged(record)));
    expect(result.parts?.map(({ name }) => name)).not.toContain("test images");
    expect([result.testImages, result.onTheseImages]).toEqual([undefined, undefined]);
  });
});

test("sentences claim what the intervals say", async () => {
  const found = await run({ levels: 7 });
  const sentences = sentencesOf(found);
  expect(sentences[0]).toMatch(
    /^The mean test error of mlp is 1\d\.\d%; a run's standard deviation around it is .* points/,
  );
  for (const { name, variance95 } of found.result.parts ?? []) {
    const words = { data: "training pairs", init: "starting weights", order: "batch order" }[name as "data"] ?? name;
    const about = sentences.filter((sentence) => sentence.includes(`${words}`) && !sentence.startsWith("The mean"));
    expect(about).toHaveLength(1);
    if (variance95[0] > 0) expect(about[0]).toMatch(/of the variance comes from the/);
    else expect(about[0]).toMatch(/^No effect of the .* is shown: its share is \d+% \[0, \d+\]\.$/);
  }
});

test("a run that diverged leaves no part, and is named", async () => {
  const lost = { testError: Number.NaN, diverged: { epoch: 1, step: 7, what: "loss" } } as const;
  const found = await run({ levels: 3 }, (record) => (record.seed === 5 ? { ...record, ...lost } : record));
  expect(found.result).toMatchObject({ parts: null, total: null, diverged: 1 });
  expect(sentencesOf(found)).toEqual([
    "1 of 9 rounds of mlp diverged (seed 5 at epoch 1, step 7).",
    "No part is stated: a run that diverged has no error, and the design needs all 9; try a lower learning rate.",
  ]);
  expect(found.part.blocks.some(({ kind }) => kind === "figure")).toBe(false);
});

test("runs that all have one error have no variance", async () => {
  const found = await run({ levels: 3 }, (record) => ({ ...record, testError: 0 }));
  expect(sentencesOf(found)).toEqual(["All runs of mlp have the same test error: there is no variance to split."]);
});

test("files of numbers, and a figure", async () => {
  const { part, result } = await run({ levels: 4 });
  const [parts, runs] = part.files.map(({ text }) => text.trimEnd().split("\n"));
  expect(parts).toHaveLength(6);
  expect(runs?.[0]).toBe("seed,data,init,order,train_error,test_error,run");
  expect(runs).toHaveLength(17);
  await expect(figures.varianceSvg(result, document)).toMatchFileSnapshot("../../figures/snapshots/variance.svg");
});

describe("what cannot be used is refused in one line", () => {
  test.each<[Partial<VarianceOptions>, string]>([
    [
      { architecture: "one-by-one", levels: 8 },
      "8 levels of data, init, order and dropout cannot be crossed: take an odd number of levels",
    ],
    [{ factors: ["dropout"] }, "the training of mlp has no dropout: leave it out of the factors"],
    [
      { factors: ["data"], settings: { dataSeed: 3 } },
      "data is held fixed: leave it out of the factors, or do not fix it",
    ],
    [
      { settings: fixedStreams(["data", "init", "order"], 3) },
      "every source of chance is held fixed: there is nothing to cross",
    ],
    [
      { levels: 5, tunings: 7 },
      "--levels 5 with --tunings 7: each tuning is a level, so --tunings says how many there are; leave --levels out",
    ],
    [{ tunings: 4 }, "4 tunings of data, init, order and tuning cannot be crossed: take an odd number of tunings"],
    [{ tunings: 2 }, "tunings must be a whole number from 3 to 99, not 2"],
    [{ tunings: 5, candidates: 1 }, "candidates must be a whole number from 2 to 64, not 1"],
    [{ candidates: 4 }, "candidates are of tunings: give --tunings too, or leave --candidates out"],
    [
      { tunings: 5, settings: { learningRate: 0.01, batchSize: 50, weightDecay: 0 } },
      "every setting that a tuning of mlp chooses is given: leave --tunings out",
    ],
    [{ levels: 2 }, "levels must be a whole number from 3 to 99, not 2"],
    [{ factors: ["weights" as "data"] }, "factors[0] must be one of data, init, order, dropout, augmentation"],
    [{ factors: [] }, "there is nothing to cross"],
    [{ settings: { evaluateOn: "validation" } }, "variance measures on test pairs"],
    [{ seed: 49_990 }, "seeds 49990 to 50070 include some of 50000 to 69999"],
    [{ architecture: "nothing" }, "nothing"],
  ])("%o", async (options, message) => {
    const failed = run(options);
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toThrow(/^[^\n]*$/);
  });
});
