import type { Worker } from "node:worker_threads";
import { findArchitecture } from "../../core/architectures/index.js";
import { duration, percent } from "../../core/experiments/format.js";
import type { RunRecord } from "../../core/training/run.js";
import { imagesDrawnBy } from "../data/keep.js";
import type { TrainingOptions } from "./options.js";
import { print, printJson } from "./output.js";
import { overridesOf, Session } from "./session.js";

/** `pairlab train`: one run. */
export async function trainOnce(
  architecture: string,
  options: TrainingOptions,
  threads: readonly Worker[],
): Promise<void> {
  findArchitecture(architecture);
  const { seed, runs, json } = options;
  const overrides = overridesOf(options);
  await Session.with(options, { threads, images: imagesDrawnBy(seed, overrides) }, async (session) => {
    const [record] = await session.train(session.jobsOf([{ architecture, seed, overrides }]));
    if (json) printJson(record);
    else print(describe(record as RunRecord, runs));
  });
}

function describe(
  { id, architecture, seed, config, trainError, testError, seconds, weightsSha256 }: RunRecord,
  runs: string,
): string {
  return [
    `${architecture}, seed ${seed}: test error ${percent(testError)}, train error ${percent(trainError)} after ${config.epochs} epoch${config.epochs === 1 ? "" : "s"} (${duration(seconds)})`,
    `run ${id} in ${runs}/, weights' SHA-256 ${weightsSha256}`,
  ].join("\n");
}
