import { shellWord } from "../../../core/data/image-options.js";
import { pairsToMeasure } from "../../../core/inspection/measure-run.js";
import { remark } from "../terminal/output.js";
import { type FileOptions, runOfFile } from "./run-of-file.js";
import type { EvaluateOptions, ToMeasure } from "./to-measure.js";

/** A file of weights as a run of its network would be measured: on all test images. */
export async function fileToMeasure(path: string, asFile: FileOptions, options: EvaluateOptions): Promise<ToMeasure> {
  const { architecture, seed, asked, scale } = asFile;
  const { run, dataset, file, scale: found } = await runOfFile(path, asFile, options);
  if (!options.quiet)
    remark("which images these weights were trained on is not known: on images that they have seen they are better");
  const { pairs: count } = options;
  return {
    run,
    dataset,
    pairs: pairsToMeasure(run.record, dataset, count === undefined ? {} : { pairs: count }),
    title: `${architecture}, weights of ${file.name}`,
    told: { file: path, architecture, scale: found },
    file: file.name,
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
