import { findArchitecture } from "../../architectures/index.js";
import { anything, fields, optional, text } from "../../checks.js";
import { InvalidRequest } from "../../errors.js";
import { sentencesBlock, tableBlock } from "../../text/block.js";
import type { SettingOverrides } from "../../training/index.js";
import type { Job } from "../../training/job.js";
import { STREAM_NAMES, STREAM_SETTINGS, type StreamName } from "../../training/stream-seeds.js";
import { identityOf, jobsFor } from "../shared/apparatus.js";
import { ROUNDS } from "../shared/context.js";
import type { Experiment } from "../shared/experiment.js";
import { questionField } from "../shared/question.js";
import { checkReportedSeeds } from "../shared/tuning-seeds.js";
import { checkFactors, checkLevels, LEVELS, type StreamLevels, streamDesign, streamSeeds } from "./design.js";
import { varianceSentences, varianceTable } from "./tables.js";
import { summarizeVariance, type Variance } from "./variance.js";

/** Whose variance is split, and how. */
export interface VarianceOptions {
  readonly architecture: string;
  /** The sources of chance that are crossed; default all that training draws from and that settings do not hold at a seed. */
  readonly factors?: readonly StreamName[] | undefined;
  /** Seeds of each source; default 9, and 7 for five sources. There are so many runs squared. */
  readonly levels?: number | undefined;
  /** The first seed: run r has seed + r, and a source at level l has seed + l. */
  readonly seed: number;
  /** `fixedStreams` makes those that hold a source of chance. */
  readonly settings?: SettingOverrides | undefined;
}

const OPTIONS = fields(
  {
    architecture: text,
    factors: optional(checkFactors),
    levels: optional(checkLevels),
    seed: ROUNDS.seed,
    settings: anything,
  },
  "option",
);

/** Splits the variance of a network's test error into what it comes from. */
export const variance: Experiment<VarianceOptions, Variance> = {
  name: "variance",
  plan(options) {
    OPTIONS(options, "");
    const { seed, settings = {}, levels = LEVELS.few } = options;
    const architecture = findArchitecture(options.architecture).name;
    checkReportedSeeds(seed, levels ** 2);
    if (settings.evaluateOn === "validation")
      throw new InvalidRequest("variance measures on test pairs, which each run has of its own: leave evaluateOn out");
    const shared = { evaluate: "end", ...settings } as const;
    return {
      mostRuns: levels ** 2,
      *steps(apparatus) {
        const [{ config }] = jobsFor(apparatus, [{ architecture, seed, overrides: shared }]) as [Job];
        const design = streamDesign({ ...options, architecture }, config);
        const requests = design.runs.map((at, run) => ({
          architecture,
          seed: seed + run,
          overrides: { ...shared, ...streamSeeds(design.factors, at, seed) },
        }));
        const records = yield { jobs: jobsFor(apparatus, requests) };
        const fixed: StreamLevels = Object.fromEntries(
          STREAM_NAMES.flatMap((stream) => {
            const held = settings[STREAM_SETTINGS[stream]];
            return held === undefined ? [] : [[stream, held]];
          }),
        );
        const context = { architecture, fixed, seed, ...questionField(records), ...identityOf(apparatus) };
        return { result: summarizeVariance(records, design, context), records };
      },
    };
  },
  summary: ({ result }) => [tableBlock(varianceTable(result)), sentencesBlock(varianceSentences(result))],
};
