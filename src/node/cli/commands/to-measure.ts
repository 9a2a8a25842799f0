import type { MeasurableRun, PairMeasures, PairsToMeasure } from "../../../core/inspection/index.js";
import type { Job } from "../../../core/training/job.js";
import type { Dataset } from "../../data/dataset.js";
import type { ImageArguments } from "../options.js";

/** The options of `evaluate`, without those of a file of weights. */
export type EvaluateOptions = ImageArguments & {
  readonly pairs?: number;
  readonly worst?: number;
  readonly out?: string;
  readonly runs: string;
  /** The images are those that a project's configuration names. */
  readonly ofProject?: boolean;
  readonly json?: true;
  readonly quiet?: true;
};

/** What is measured, and how it is named. */
export interface ToMeasure {
  readonly run: MeasurableRun & { readonly record: Job };
  readonly dataset: Dataset;
  readonly pairs: PairsToMeasure;
  /** The first line. */
  readonly title: string;
  /** The same in JSON. */
  readonly told: Readonly<Record<string, unknown>>;
  /** The command that measures it, without options that a run and a file share. */
  readonly command: string;
  /** The file that the weights are from, if not from a run. */
  readonly file?: string;
  /** Keeps what was found. */
  readonly keep?: (measures: PairMeasures) => Promise<void>;
}
