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
import {
  askedLevels,
  CANDIDATES,
  checkCandidates,
  checkFactors,
  checkLevels,
  checkTunings,
  LEVELS,
  type StreamLevels,
  streamDesign,
  streamSeeds,
} from "./design.js";
import { varianceSentences, varianceTable } from "./tables.js";
import { chosenOverrides, type OneTuning, searchSpace, tuneTimes } from "./tuning.js";
import { summarizeVariance, type Variance } from "./variance.js";

/** Whose variance is split, and how. */
export interface VarianceOptions {
  readonly architecture: string;
  /** The sources of chance that are crossed; default all that training draws from and that settings do not hold at a seed. */
  readonly factors?: readonly StreamName[] | undefined;
  /** Seeds of each source; default 9, and 7 for five sources. There are so many runs squared. */
  readonly levels?: number | undefined;
  /** How often the network is tuned; then the choice of settings is a source of chance too. Each tuning is a level, so there are so many runs squared. */
  readonly tunings?: number | undefined;
  /** With `tunings`: settings that each tries; default 8. */
  readonly candidates?: number | undefined;
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
    tunings: optional(checkTunings),
    candidates: optional(checkCandidates),
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
    const { seed, settings = {}, tunings, candidates = CANDIDATES } = options;
    if (options.candidates !== undefined && tunings === undefined)
      throw new InvalidRequest("candidates are of tunings: give --tunings too, or leave --candidates out");
    const levels = askedLevels(options) ?? LEVELS.few;
    const architecture = findArchitecture(options.architecture).name;
    checkReportedSeeds(seed, levels ** 2);
    if (settings.evaluateOn === "validation")
      throw new InvalidRequest("variance measures on test pairs, which each run has of its own: leave evaluateOn out");
    const shared = { evaluate: "end", ...settings } as const;
    return {
      mostRuns: Math.max(levels ** 2, (tunings ?? 0) * candidates),
      *steps(apparatus) {
        const [{ config }] = jobsFor(apparatus, [{ architecture, seed, overrides: shared }]) as [Job];
        const space = tunings === undefined ? [] : searchSpace(architecture, settings);
        if (tunings !== undefined && space.length === 0)
          throw new InvalidRequest(
            `every setting that a tuning of ${architecture} chooses is given: leave --tunings out`,
          );
        const design = streamDesign(
          { ...options, architecture },
          config,
          space.map(({ dimension }) => dimension.setting),
        );
        const measuring = (tuned: readonly OneTuning[]) =>
          jobsFor(
            apparatus,
            design.runs.map((at, run) => {
              const tuning = tuned[at[design.factors.indexOf("tuning")] as number];
              const chosen = tuning && chosenOverrides(architecture, settings, tuning);
              return {
                architecture,
                seed: seed + run,
                overrides: { ...shared, ...chosen, ...streamSeeds(design.factors, at, seed) },
              };
            }),
          );
        // Whether there are the pairs that runs are measured on is known before the network is tuned.
        measuring([]);
        const tuning =
          tunings === undefined
            ? undefined
            : yield* tuneTimes({ tunings, candidates, seed }, architecture, settings, apparatus);
        const records = yield {
          jobs: measuring(tuning?.each ?? []),
          onAllTestPairs: true,
          ...(tuning && { purpose: `measuring what ${tunings} tunings chose` }),
        };
        const fixed: StreamLevels = Object.fromEntries(
          STREAM_NAMES.flatMap((stream) => {
            const held = settings[STREAM_SETTINGS[stream]];
            return held === undefined ? [] : [[stream, held]];
          }),
        );
        const context = {
          ...{ architecture, fixed, seed, ...(tunings !== undefined && { tunings }) },
          ...(tuning && { tuning }),
          ...questionField(records),
          ...identityOf(apparatus),
        };
        return { result: summarizeVariance(records, design, context), records };
      },
    };
  },
  summary: ({ result }) => [tableBlock(varianceTable(result)), sentencesBlock(varianceSentences(result))],
};
