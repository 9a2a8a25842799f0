import {
  differences,
  paperTables,
  type Reproduction,
  type RunRecord,
  type Setting,
  settingsOf,
  type Table,
} from "../../core/index.js";
import { commandOf } from "./command.js";
import type { DrawnFigures } from "./figures.js";

/** All that a report says, before it is laid out as HTML or Markdown. */
export interface ReportContent {
  readonly reproduction: Reproduction;
  readonly conclusions: readonly string[];
  readonly tables: readonly Table[];
  readonly figures: DrawnFigures;
  readonly settings: readonly Setting[];
  /** The command that gives the same numbers. */
  readonly command: string;
}

export const TITLE = "Five networks on pairs of digits";

export const INTRODUCTION =
  'Is the first of two handwritten digits less than or equal to the second? Five small networks learn it from pairs of 14×14 MNIST images, each with another hint about the problem. This repeats the experiments of "Classification, Weight Sharing, Auxiliary Losses" (K. Fu, H. Li, J. Li, EPFL) and sets the results beside those of the paper.';

export function reportContent(
  reproduction: Reproduction,
  records: readonly RunRecord[],
  figures: DrawnFigures,
): ReportContent {
  return {
    reproduction,
    conclusions: differences(reproduction, records),
    tables: paperTables(reproduction),
    figures,
    settings: settingsOf(reproduction, records),
    command: commandOf(reproduction, records),
  };
}
