import type { Worker } from "node:worker_threads";
import { findArchitecture } from "../../../core/architectures/index.js";
import { pairSetOf } from "../../../core/data/pairs.js";
import { Kernels } from "../../../core/engine/kernels.js";
import { withAnswers } from "../../../core/experiments/shared/apparatus.js";
import { constantAnswerOf } from "../../../core/experiments/shared/constant-answer.js";
import { decisions } from "../../../core/inspection/index.js";
import { perhapsConstantAnswer } from "../../../core/measures/decided.js";
import { constantAnswer } from "../../../core/measures/index.js";
import { divergedInWords } from "../../../core/training/divergence.js";
import { startFrom } from "../../../core/training/given-weights.js";
import { type Job, pairRulesOf } from "../../../core/training/job.js";
import type { RunRecord } from "../../../core/training/run.js";
import { trainedNetwork } from "../../../core/training/trained-network.js";
import { choiceFor } from "../../data/keep.js";
import { loadKernels } from "../../kernels.js";
import { readWeightsFile } from "../../weights-file.js";
import { describeRun } from "../describe-run.js";
import { type MeasuringOptions, overridesOf } from "../options.js";
import { MEASURED_PAIR_OPTIONS } from "../pair-names.js";
import { Session } from "../session.js";
import { print, printJson, remark } from "../terminal/output.js";

/** `pairlab train`: one run. */
export async function trainOnce(
  architecture: string,
  options: MeasuringOptions & { readonly init?: string },
  threads: readonly Worker[],
): Promise<void> {
  findArchitecture(architecture);
  const { seed, runs, json, init } = options;
  const weights = init === undefined ? undefined : await readWeightsFile(init);
  const overrides = overridesOf(options);
  const images = choiceFor(options.data, seed, overrides, MEASURED_PAIR_OPTIONS);
  await Session.with(
    options,
    { threads, ...(images && { images }), pairNames: MEASURED_PAIR_OPTIONS },
    async (session) => {
      const [fresh] = session.jobsOf([{ architecture, seed, overrides }]) as [Job];
      const started = weights && startFrom(fresh, weights);
      if (started?.job.config.startingWeights?.part === "trunk" && !options.quiet)
        remark(`${weights?.name} has no tensor of the head: the head starts as seed ${seed} says`);
      const [record] = (await session.train([started?.job ?? fresh], {
        checkWeights: true,
        ...(started && { startingWeights: started.startingWeights }),
      })) as [RunRecord];
      if (json) printJson(record);
      else print(describeRun(withAnswers([record], session.apparatus)[0] ?? record, runs));
      if (record.diverged)
        remark(
          `${architecture}, seed ${seed} ${divergedInWords(record.diverged)}: it has no errors. Try a lower learning rate`,
        );
      const always = record.diverged ? undefined : await answerToAll(record, session);
      if (always)
        remark(
          `${architecture}, seed ${seed} says ${always} to every ${record.config.evaluateOn} pair, whatever they show. Try more pairs, more epochs or another learning rate`,
        );
    },
  );
}

/** The answer that a run's network gives to all pairs that it was measured on; null or undefined where it gives both. */
async function answerToAll(record: RunRecord, { dataset, store }: Session): Promise<"yes" | "no" | null | undefined> {
  const counted = constantAnswerOf(record).constantAnswer;
  if (counted !== undefined) return counted;
  // An earlier version trained it, which did not count its answers.
  const { seed, config, testError } = record;
  const rules = pairRulesOf(config);
  // Validation pairs are of what training pairs leave.
  const drawn = config.evaluateOn === "test" ? { ...rules, trainPairs: 0 } : rules;
  const { test } = pairSetOf(dataset, seed, drawn);
  if (perhapsConstantAnswer(testError, test.targets) === undefined) return undefined;
  const run = await store.find(record.id);
  if (!run || "damage" in run) return undefined;
  const network = trainedNetwork(run, new Kernels(loadKernels(config.engine.simd)));
  return constantAnswer(decisions(network, test).holds);
}
