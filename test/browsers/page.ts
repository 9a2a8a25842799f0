import {
  architectures,
  augmentations,
  compileKernels,
  type DatasetIdentity,
  type EngineIdentity,
  makeJob,
  pooledInput,
  type RunRecord,
  readLabelledImages,
  runJob,
} from "pairlab";

/** What the page is asked to train: every architecture, once, and one on images and pairs that change. */
export interface TrainingRequest {
  readonly seed: number;
  readonly epochs: number;
  readonly dataset: DatasetIdentity;
  readonly engine: EngineIdentity;
}

/** Trains every architecture in this page, and returns the run records as JSON. */
export async function trainAll(request: TrainingRequest): Promise<string> {
  const kernels = compileKernels(await load("kernels.wasm"));
  const images = {
    train: await loadImages("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
    test: await loadImages("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
  };
  const { seed, epochs, dataset, engine } = request;
  const records: RunRecord[] = [];
  const changed = { name: "one-by-one", augmentation: augmentations.strong, pairing: "shuffled" } as const;
  for (const { name, ...changes } of [...architectures.map(({ name }) => ({ name })), changed]) {
    const job = makeJob(name, seed, { ...dataset, shape: pooledInput(images.train) }, engine, { epochs, ...changes });
    const run = runJob(job, images, kernels, () => performance.now());
    let step = run.next();
    for (; !step.done; step = run.next()) await breathe();
    records.push(step.value.record);
  }
  return JSON.stringify(records);
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
