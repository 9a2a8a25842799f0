import type { Worker } from "node:worker_threads";
import { findArchitecture } from "../../../core/architectures/index.js";
import { withAnswers } from "../../../core/experiments/shared/apparatus.js";
import { divergedInWords } from "../../../core/training/divergence.js";
import type { RunRecord } from "../../../core/training/run.js";
import { choiceFor } from "../../data/keep.js";
import { describeRun } from "../describe-run.js";
import { type MeasuringOptions, overridesOf } from "../options.js";
import { MEASURED_PAIR_OPTIONS } from "../pair-names.js";
import { Session } from "../session.js";
import { print, printJson, remark } from "../terminal/output.js";

/** `pairlab train`: one run. */
export async function trainOnce(
  architecture: string,
  options: MeasuringOptions,
  threads: readonly Worker[],
): Promise<void> {
  findArchitecture(architecture);
  const { seed, runs, json } = options;
  const overrides = overridesOf(options);
  const images = choiceFor(options.data, seed, overrides, MEASURED_PAIR_OPTIONS);
  await Session.with(
    options,
    { threads, ...(images && { images }), pairNames: MEASURED_PAIR_OPTIONS },
    async (session) => {
      const [record] = (await session.train(session.jobsOf([{ architecture, seed, overrides }]))) as [RunRecord];
      if (json) printJson(record);
      else print(describeRun(withAnswers([record], session.apparatus)[0] ?? record, runs));
      if (record.diverged)
        remark(
          `${architecture}, seed ${seed} ${divergedInWords(record.diverged)}: it has no errors. Try a lower learning rate`,
        );
    },
  );
}
