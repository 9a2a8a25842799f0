import { join } from "node:path";
import {
  evaluateRun,
  experiments,
  type FinishedRun,
  type Job,
  Kernels,
  runExperiment,
  runJob,
  stringifyJson,
} from "pairlab";
import {
  type Dataset,
  engineIdentity,
  loadDataset,
  loadKernels,
  RunStore,
  runStoredExperiment,
  startThreads,
} from "pairlab/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { here } from "../support/here.js";
import { writeLetters } from "../support/own-images.js";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);
/** Few images: experiments of many networks test each on 100 pairs of them, in place of MNIST's 1,000. */
let letters: Dataset;
beforeAll(async () => {
  folder = await temporaryFolder();
  await writeLetters(at("letters"), 400, 200);
  letters = await loadDataset(at("letters"));
});
afterAll(() => folder.remove());

const engine = engineIdentity("base");
const kernels = loadKernels();
const dataset = await loadDataset();
const threads = startThreads(1);
afterAll(async () => {
  await Promise.all(threads.map((thread) => thread.terminate()));
});

/** What runs an experiment over the store that the command line used too. */
const stored = (images = dataset) => ({ dataset: images, engine, kernels, store: new RunStore(at("runs")), threads });

const settings = { epochs: 1, trainPairs: 100 };
const rounds = { rounds: 2, seed: 4 };
const GIVEN = ["--rounds", "2", "--seed", "4", "--epochs", "1"];
const PAIRS = ["--pairs", "100"];
/** Named as from the folder in which commands run. */
const LETTERS = ["--data", "letters"];

test.each<[string, string[], () => Promise<{ readonly result: unknown }>]>([
  [
    "reproduce",
    [...GIVEN, ...PAIRS],
    () => runStoredExperiment(experiments.reproduce, { ...rounds, settings }, stored()),
  ],
  [
    "compare",
    ["mlp", "weight-sharing", ...GIVEN, ...PAIRS],
    () =>
      runStoredExperiment(
        experiments.compare,
        { architectures: ["mlp", "weight-sharing"], ...rounds, settings },
        stored(),
      ),
  ],
  [
    "compare",
    ["mlp", "--optimizers", "adam,sgd", "--trials", "3", ...GIVEN, ...PAIRS, ...LETTERS],
    () => {
      const optimizers = ["adam", "sgd"] as const;
      const asked = { architectures: ["mlp"], optimizers, trials: 3, ...rounds, settings };
      return runStoredExperiment(experiments.compare, asked, stored(letters));
    },
  ],
  [
    "ablate",
    ["--candidates", "2", "--rounds", "1", "--epochs", "1", ...PAIRS, ...LETTERS],
    () => runStoredExperiment(experiments.ablate, { candidates: 2, rounds: 1, seed: 0, ...settings }, stored(letters)),
  ],
  [
    "worth",
    ["--sizes", "50,100", ...GIVEN, ...LETTERS],
    () => runStoredExperiment(experiments.worth, { sizes: [50, 100], ...rounds, epochs: 1 }, stored(letters)),
  ],
  [
    "tune",
    ["mlp", "--trials", "4", ...GIVEN, ...PAIRS, ...LETTERS],
    () =>
      runStoredExperiment(experiments.tune, { architecture: "mlp", trials: 4, ...rounds, settings }, stored(letters)),
  ],
])("the library's %s %j is the document that the command line prints", async (name, given, run) => {
  const { result } = await run();
  const means = ["--runs", at("runs"), "--out", at("report"), "--workers", "1", "--json", "--quiet"];
  const { code, stdout } = await here([name, ...given, ...means], folder.path);
  expect(code).toBe(0);
  expect(stdout).toBe(`${stringifyJson(result, 2)}\n`);
});

test("without a store and threads, by a loop over runJob, the numbers are the same", async () => {
  const instance = new Kernels(kernels);
  const finish = (job: Job): FinishedRun => {
    const steps = runJob(job, dataset, instance, () => 0);
    let step = steps.next();
    while (!step.done) step = steps.next();
    return step.value;
  };
  const asked = { architectures: ["mlp", "quick"], ...rounds, settings };
  const apparatus = { dataset, engine, workers: 1 };
  const { result } = await runExperiment(experiments.compare, asked, apparatus, async ({ jobs, onAllTestPairs }) =>
    jobs.map((job) => {
      const run = finish(job);
      return onAllTestPairs ? { ...run.record, allTestPairs: evaluateRun(run, dataset, instance) } : run.record;
    }),
  );
  const withStore = await runStoredExperiment(experiments.compare, asked, stored());
  const timeless = (document: unknown) => stringifyJson(document, 2).replaceAll(/"secondsPerRun": \{[^}]*\}/g, "");
  expect(timeless(result)).toBe(timeless(withStore.result));
});
