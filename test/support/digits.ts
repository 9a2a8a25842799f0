import { DIGIT_PAIRS } from "../../src/core/network/index.js";
import { type FinishedRun, makeJob, runJob, type SettingOverrides } from "../../src/core/training/index.js";
import type { Dataset } from "../../src/node/data/dataset.js";
import { loadDataset } from "../../src/node/data/load-dataset.js";
import { engine, finish } from "./jobs.js";
import { newKernels } from "./kernels.js";

let loaded: Promise<Dataset> | undefined;

/** MNIST's images, read once. */
export function digits(): Promise<Dataset> {
  loaded ??= loadDataset();
  return loaded;
}

/** A network that has learned a little of 300 pairs of digits, and is measured on 200. */
export async function learnedALittle(name: string, settings: SettingOverrides = {}): Promise<FinishedRun> {
  const images = await digits();
  const few = { epochs: 2, trainPairs: 300, testPairs: 200, evaluate: "end", ...settings } as const;
  const job = makeJob(name, 1, { name: "digits", sha256: "0".repeat(64), shape: DIGIT_PAIRS }, engine, few);
  return finish(runJob(job, images, newKernels(), () => 0));
}
