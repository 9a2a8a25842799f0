/**
 * Seconds that training takes on one core, from drawing starting weights to the last step, in a new process and on average over
 * more runs in it; and the validation error that comes of it. Drawing pairs, and evaluating, are not counted.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/train-time.js [ARCHITECTURE] [RUNS]
 */
import { cpus } from "node:os";
import { findArchitecture, inputOf, Kernels, makeJob, mean, median, samplePairSet, train } from "pairlab";
import { engineIdentity, loadDataset, loadKernels } from "pairlab/node";

const [architecture = "quick", runs = "30"] = process.argv.slice(2);
/** A seed that no experiment uses. */
const FIRST_SEED = 70_000;
const TEST_PAIRS = 5000;

const { train: trainImages, test, identity } = await loadDataset();
const dataset = { ...identity, shape: inputOf(trainImages) };
const kernels = new Kernels(loadKernels());
const seconds: number[] = [];
const errors: number[] = [];
for (let seed = FIRST_SEED; seed < FIRST_SEED + Number(runs); seed++) {
  const settings = { evaluateOn: "validation", evaluate: "end", testPairs: TEST_PAIRS } as const;
  const { config } = makeJob(architecture, seed, dataset, engineIdentity("base"), settings);
  const { trainPairs, testPairs, evaluateOn } = config;
  const pairs = samplePairSet({ train: trainImages, test }, seed, { trainPairs, testPairs, evaluateOn });
  const started = performance.now();
  const training = train(kernels, config.network, pairs, seed, config);
  let step = training.next();
  let result = step.done ? undefined : step.value.result;
  for (; !step.done; step = training.next()) result = step.value.result;
  const all = performance.now() - started;
  const { model, scale } = step.value;
  // The work at the end is repeated, so that its time can be subtracted.
  const loaded = [pairs.train, pairs.test].map((set) => model.load(set, scale));
  const again = performance.now();
  for (const set of loaded) model.evaluate(set);
  seconds.push((all - (performance.now() - again)) / 1000);
  errors.push(1 - (result?.testAccuracy ?? 0));
}

const [first = 0, ...others] = seconds;
const { title } = findArchitecture(architecture);
console.log(`${cpus()[0]?.model}, Node.js ${process.versions.node}, base SIMD, one thread`);
console.log(
  `${title}: ${first.toFixed(3)} s in a new process; median of ${others.length} more ${median(others).toFixed(3)} s`,
);
console.log(
  `validation error ${(100 * mean(errors)).toFixed(2)}%, mean of ${runs} runs on ${TEST_PAIRS} pairs each; highest ${(100 * Math.max(...errors)).toFixed(2)}%`,
);
