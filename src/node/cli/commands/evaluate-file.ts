import { findArchitecture } from "../../../core/architectures/index.js";
import { shellWord } from "../../../core/data/image-options.js";
import { pixelScale } from "../../../core/data/normalization.js";
import { jobsFor } from "../../../core/experiments/shared/apparatus.js";
import { pairsToMeasure } from "../../../core/inspection/index.js";
import { givenWeights, scaleOfFile } from "../../../core/training/given-weights.js";
import type { Job } from "../../../core/training/job.js";
import { pairsOfJob } from "../../../core/training/run.js";
import { loadDataset } from "../../data/load-dataset.js";
import { engineIdentity } from "../../kernels.js";
import { readWeightsFile } from "../../weights-file.js";
import { imagesAsked } from "../options.js";
import { MEASURED_PAIR_OPTIONS } from "../pair-names.js";
import { remark } from "../terminal/output.js";
import { decodingProgress } from "../terminal/progress/index.js";
import type { EvaluateOptions, FileOptions, ToMeasure } from "./to-measure.js";

/** A file of weights as a run of its network would be measured: on all test images, with the scale that it says or that is asked for. */
export async function fileToMeasure(path: string, file: FileOptions, options: EvaluateOptions): Promise<ToMeasure> {
  const { architecture, seed, asked, scale } = file;
  findArchitecture(architecture);
  const given = await readWeightsFile(path);
  const own = scaleOfFile(given);
  const progress = decodingProgress(options.quiet === true);
  const images = { ...imagesAsked(options), onProgress: progress.show };
  const dataset = await loadDataset(options.data, images).finally(progress.end);
  const apparatus = { dataset, engine: engineIdentity("base"), workers: 1, pairNames: MEASURED_PAIR_OPTIONS };
  const [job] = jobsFor(apparatus, [{ architecture, seed, overrides: asked }]) as [Job];
  const usual = own || scale ? scale : pixelScale(pairsOfJob(job, dataset).train, "train");
  const run = givenWeights(job, given, usual);
  if (usual && !scale && !options.quiet)
    remark(
      `${given.name} does not say how its pixels were scaled: by mean ${usual.mean.toFixed(2)} and standard deviation ${usual.deviation.toFixed(2)}, those of ${job.config.trainPairs} training pairs here, else give --scale`,
    );
  if (!options.quiet)
    remark("which images these weights were trained on is not known: on images that they have seen they are better");
  const { pairs: count } = options;
  return {
    run,
    dataset,
    pairs: pairsToMeasure(run.record, dataset, count === undefined ? {} : { pairs: count }),
    title: `${architecture}, weights of ${given.name}`,
    told: { file: path, architecture, scale: own ?? usual },
    file: given.name,
    command: [
      `pairlab evaluate ${shellWord(path)} --architecture ${architecture}`,
      ...(seed === 0 ? [] : [`--seed ${seed}`]),
      ...(asked.relation === undefined ? [] : [`--relation ${shellWord(asked.relation)}`]),
      ...(asked.balance === undefined ? [] : [asked.balance ? "--balance" : "--no-balance"]),
      ...(asked.split === undefined ? [] : [`--split ${asked.split}`]),
      ...(asked.reuse ? ["--reuse"] : []),
      ...(scale ? [`--scale ${scale.mean},${scale.deviation}`] : []),
    ].join(" "),
  };
}
