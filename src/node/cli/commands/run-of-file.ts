import { findArchitecture } from "../../../core/architectures/index.js";
import type { NamedBytes } from "../../../core/data/idx.js";
import { type PixelScale, pixelScale } from "../../../core/data/normalization.js";
import { InvalidRequest } from "../../../core/errors.js";
import { jobsFor } from "../../../core/experiments/shared/apparatus.js";
import { type GivenWeights, givenWeights, scaleOfFile } from "../../../core/training/given-weights.js";
import type { Job } from "../../../core/training/job.js";
import { pairsOfJob } from "../../../core/training/run.js";
import type { Dataset } from "../../data/dataset.js";
import { loadDataset } from "../../data/load-dataset.js";
import { engineIdentity } from "../../kernels.js";
import { readWeightsFile } from "../../weights-file.js";
import { type ImageArguments, imagesAsked, type PairSettings } from "../options.js";
import { MEASURED_PAIR_OPTIONS } from "../pair-names.js";
import { remark } from "../terminal/output.js";
import { decodingProgress } from "../terminal/progress/index.js";

/** The options that say of which network a file of weights is, and how it is asked. */
export interface FileOptions {
  readonly architecture: string;
  readonly seed: number;
  /** What is asked about pairs, and how they are drawn for it. */
  readonly asked: PairSettings;
  readonly scale?: PixelScale;
}

/** A file of weights as a run of its network. */
interface RunOfFile {
  readonly run: GivenWeights;
  readonly dataset: Dataset;
  readonly file: NamedBytes;
  /** How its pixels are scaled: as the file says, as was asked, or by training pairs. */
  readonly scale: PixelScale | undefined;
}

/** @throws InvalidRequest where a run is named by what can only be a file of weights */
export function requireRunName(reference: string): void {
  if (reference.endsWith(".safetensors"))
    throw new InvalidRequest(`${reference} is a file of weights: name its network with --architecture`);
}

/** Reads a file of weights as a run of its network, with the scale that it says or that is asked for. */
export async function runOfFile(
  path: string,
  { architecture, seed, asked, scale }: FileOptions,
  options: ImageArguments & { readonly quiet?: true },
): Promise<RunOfFile> {
  findArchitecture(architecture);
  const file = await readWeightsFile(path);
  const own = scaleOfFile(file);
  const progress = decodingProgress(options.quiet === true);
  const images = { ...imagesAsked(options), onProgress: progress.show };
  const dataset = await loadDataset(options.data, images).finally(progress.end);
  const apparatus = { dataset, engine: engineIdentity("base"), workers: 1, pairNames: MEASURED_PAIR_OPTIONS };
  const [job] = jobsFor(apparatus, [{ architecture, seed, overrides: asked }]) as [Job];
  const usual = own || scale ? scale : pixelScale(pairsOfJob(job, dataset).train, "train");
  const run = givenWeights(job, file, usual);
  if (usual && !scale && !options.quiet)
    remark(
      `${file.name} does not say how its pixels were scaled: by mean ${usual.mean.toFixed(2)} and standard deviation ${usual.deviation.toFixed(2)}, those of ${job.config.trainPairs} training pairs here, else give --scale`,
    );
  return { run, dataset, file, scale: own ?? usual };
}
