import {
  augmentations,
  compileKernels,
  type DatasetIdentity,
  type EngineIdentity,
  experiments,
  type ImageSets,
  inputOf,
  type Job,
  type KernelModule,
  makeJob,
  type RunRecord,
  readLabelledImages,
  runExperiment,
  runJob,
  stringifyJson,
} from "pairlab";

/** What the page is asked to train: some architectures, once, and one on images and pairs that change. */
export interface TrainingRequest {
  readonly networks: readonly string[];
  readonly seed: number;
  readonly epochs: number;
  /** Training pairs of each run; a search has 100. */
  readonly pairs: number;
  readonly dataset: DatasetIdentity;
  readonly engine: EngineIdentity;
}

/** Trains architectures in this page, and returns the run records as JSON. */
export async function trainAll(request: TrainingRequest): Promise<string> {
  const { networks, seed, epochs, pairs, dataset, engine } = request;
  const means = await loadMeans(engine.simd);
  const records: RunRecord[] = [];
  const changed = { name: "one-by-one", augmentation: augmentations.strong, pairing: "shuffled" } as const;
  const shaped = { ...dataset, shape: inputOf(means.images.train) };
  for (const { name, ...changes } of [...networks.map((name) => ({ name })), changed])
    records.push(await trained(makeJob(name, seed, shaped, engine, { epochs, trainPairs: pairs, ...changes }), means));
  return JSON.stringify(records);
}

/** Runs an experiment in this page, and returns its document. */
export async function searchHere(request: TrainingRequest): Promise<string> {
  const { seed, epochs, dataset: identity, engine } = request;
  const means = await loadMeans(engine.simd);
  const apparatus = { dataset: { identity, ...means.images }, engine, workers: 1 };
  const train = async ({ jobs }: { readonly jobs: readonly Job[] }) => {
    const records: RunRecord[] = [];
    for (const job of jobs) records.push(await trained(job, means));
    return records;
  };
  const asked = { architecture: "mlp", trials: 4, rounds: 2, seed, settings: { epochs, trainPairs: 100 } };
  return stringifyJson((await runExperiment(experiments.tune, asked, apparatus, train)).result);
}

interface Means {
  readonly images: ImageSets;
  readonly kernels: KernelModule;
}

async function loadMeans(build: EngineIdentity["simd"]): Promise<Means> {
  const kernels = compileKernels(await load(build === "fused" ? "kernels.fused.wasm" : "kernels.wasm"));
  const images = {
    train: await loadImages("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
    test: await loadImages("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
  };
  return { images, kernels };
}

async function trained(job: Job, { images, kernels }: Means): Promise<RunRecord> {
  const run = runJob(job, images, kernels, () => performance.now());
  let step = run.next();
  for (; !step.done; step = run.next()) await breathe();
  return step.value.record;
}

async function loadImages(images: string, labels: string) {
  return readLabelledImages({ name: images, bytes: await load(images) }, { name: labels, bytes: await load(labels) });
}

async function load(file: string): Promise<Uint8Array> {
  const response = await fetch(file);
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Lets the browser answer its driver between two epochs. */
const breathe = () => new Promise((resolve) => setTimeout(resolve));
