import { type VarianceComponent, varianceComponents } from "../../statistics/index.js";
import { mean } from "../../statistics/moments.js";
import type { RunRecord } from "../../training/index.js";
import { STREAM_SETTINGS, type StreamName } from "../../training/stream-seeds.js";
import type { MeasuredRun } from "../shared/all-test-pairs.js";
import type { ExperimentContext } from "../shared/context.js";
import { divergedCount, finishedOf } from "../shared/diverged.js";
import { type FactorLevels, type FactorName, type StreamDesign, type StreamLevels, streamsOf } from "./design.js";
import { imagesInCommon } from "./images.js";
import type { Tunings } from "./tuning.js";

/**
 * A part of the variance: a source of chance; `interactions`: of these, and sources that are not crossed; `test pairs`: their number;
 * `test images`: which images there are, which all runs share.
 */
export type PartName = FactorName | "interactions" | "test pairs" | "test images";

export interface VariancePart extends VarianceComponent {
  readonly name: PartName;
}

/** A run of the design. */
export interface VarianceRun
  extends Pick<RunRecord, "id" | "seed" | "trainError" | "testError" | "diverged" | "weightsSha256"> {
  /** The level of each source of chance, from 0: level l has the first seed + l, and of tuning it is tuning l. */
  readonly levels: FactorLevels;
}

/** What the variance of an architecture's test error comes from. Variances are of errors as fractions of pairs. */
export interface Variance extends Omit<ExperimentContext, "rounds"> {
  readonly architecture: string;
  /** The sources of chance that are crossed. */
  readonly factors: readonly FactorName[];
  /** With `tunings`: what they tried, and what they chose. */
  readonly tuning?: Tunings;
  /** Sources that training draws from and that are neither crossed nor held: they have each run's seed. */
  readonly free: readonly StreamName[];
  /** Seeds of each source that is crossed. */
  readonly levels: number;
  /** Sources that all runs hold at one seed. */
  readonly fixed: StreamLevels;
  /** Of each run, with a seed of its own. */
  readonly testPairs: number;
  /** Over all runs that did not diverge; NaN if all did. */
  readonly meanTestError: number;
  /** How many runs diverged; absent if none did. */
  readonly diverged?: number;
  /** How many test images there are, if their part is known. */
  readonly testImages?: number;
  /** The parts, and a run's whole variance; null if a run diverged. With a part of test images, the whole is of a run with other ones too. */
  readonly parts: readonly VariancePart[] | null;
  readonly total: Pick<VarianceComponent, "variance"> | null;
  /** Only with a part of test images: the whole without it, of runs that all have these images; `share` is of `total`. */
  readonly onTheseImages?: Pick<VarianceComponent, "variance" | "share" | "share95">;
  readonly runs: readonly VarianceRun[];
}

/** @param records  in the order of the design's runs */
export function summarizeVariance(
  records: readonly MeasuredRun[],
  { factors, free, levels, runs: at }: StreamDesign,
  context: Omit<ExperimentContext, "rounds"> & Pick<Variance, "architecture" | "fixed" | "tuning">,
): Variance {
  const { seed } = context;
  const finished = finishedOf(records);
  const testPairs = records[0]?.config.testPairs ?? 0;
  const isWhole = finished.length === records.length;
  const images = isWhole ? imagesInCommon(records, at) : undefined;
  const components = !isWhole
    ? undefined
    : varianceComponents(
        records.map(({ testError }, run) => ({ levels: at[run] ?? [], value: testError })),
        { pairs: testPairs, images, seed },
      );
  return {
    ...context,
    factors,
    free,
    levels,
    testPairs,
    meanTestError: finished.length > 0 ? mean(finished.map(({ testError }) => testError)) : Number.NaN,
    ...divergedCount(records),
    ...(images && { testImages: images.images }),
    parts: components
      ? [
          ...components.factors.map((component, i): VariancePart => ({ name: factors[i] as FactorName, ...component })),
          { name: "interactions", ...components.rest },
          { name: "test pairs", ...components.sampling },
          ...(components.images ? [{ name: "test images", ...components.images } as const] : []),
        ]
      : null,
    total: components ? { variance: components.total } : null,
    ...(components?.sameImages && { onTheseImages: components.sameImages }),
    runs: records.map(({ id, seed, trainError, testError, diverged, weightsSha256 }, run) => ({
      ...{
        id,
        seed,
        levels: Object.fromEntries(factors.map((stream, i) => [stream, at[run]?.[i]])),
        trainError,
        testError,
      },
      ...(diverged && { diverged }),
      weightsSha256,
    })),
  };
}

/** A run as it would be told if no source of chance were crossed. */
export function withoutFactors<Run extends Pick<RunRecord, "config">>(run: Run, factors: readonly FactorName[]): Run {
  const seeds: readonly string[] = streamsOf(factors).map((stream) => STREAM_SETTINGS[stream]);
  const config = Object.fromEntries(Object.entries(run.config).filter(([name]) => !seeds.includes(name)));
  return { ...run, config: config as unknown as RunRecord["config"] };
}
