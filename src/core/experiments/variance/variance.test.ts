import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import * as figures from "../../figures/index.js";
import { crossedDesign, varianceComponents } from "../../statistics/index.js";
import { fixedStreams, type Job, type RunRecord } from "../../training/index.js";
import type { Apparatus } from "../shared/apparatus.js";
import { runExperiment } from "../shared/experiment.js";
import { type VarianceOptions, variance } from "./experiment.js";
import { variancePart } from "./report.js";

const { document } = parseHTML("<!doctype html><html></html>");
const labels = (count: number) => Uint8Array.from({ length: count }, (_, i) => i % 10);
const apparatus: Apparatus = {
  dataset: {
    identity: { name: "MNIST", sha256: "5e".repeat(32) },
    train: { count: 60_000, height: 28, width: 28, labels: labels(60_000) },
    test: { count: 10_000, height: 28, width: 28, labels: labels(10_000) },
  },
  engine: { version: "0.1.0", simd: "base", kernels: "7d".repeat(32) },
  workers: 2,
};

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

async function run(options: Partial<VarianceOptions>, change: (record: RunRecord) => RunRecord = (record) => record) {
  const asked = { architecture: "mlp", seed: 3, ...options };
  let jobs: readonly Job[] = [];
  const findings = await runExperiment(variance, asked, apparatus, async (step) => {
    jobs = step.jobs;
    return jobs.map((job) => change(recordOf(job)));
  });
  const part = variancePart(findings, { figures, document }, asked);
  const command = part.blocks.flatMap((block) => (block.kind === "command" ? [block.command] : []))[0];
  return { jobs, ...findings, summary: variance.summary(findings), part, command };
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

test("sentences claim what the intervals say", async () => {
  const found = await run({ levels: 7 });
  const sentences = sentencesOf(found);
  expect(sentences[0]).toMatch(
    /^The mean test error of mlp is 1\d\.\d%; a run's standard deviation around it is .* points \[/,
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
