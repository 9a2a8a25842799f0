import {
  checkTable,
  searchedTable,
  type Tuning,
  trialsTable,
  tuningFindings,
  tuningSettings,
} from "../../core/experiments/tune/index.js";
import { findArchitecture, type RunRecord } from "../../core/index.js";
import { figureTools } from "./figures.js";
import type { ReportPart } from "./part.js";
import { everyRound } from "./rounds.js";
import { tuneFiles } from "./tune-files.js";

/** Command lines that follow from a tuning. */
export interface TuneCommands {
  /** Trains with the chosen settings. */
  readonly train: string;
  /** Searches again, to the same numbers. */
  readonly tune: string;
}

/**
 * The part of a report that says which settings suit an architecture.
 *
 * @param records  one run with the chosen settings at least
 */
export async function tunePart(
  tuning: Tuning,
  records: readonly RunRecord[],
  commands: TuneCommands,
): Promise<ReportPart> {
  const { figures, document } = await figureTools();
  const { title } = findArchitecture(tuning.architecture);
  const { check } = tuning;
  const inFreshRounds = checkTable(tuning);
  return {
    name: "tune",
    title: `Settings that suit ${title}`,
    introduction:
      "What is not the question, such as the learning rate, is searched for the lowest error on validation pairs: training images that a round does not train on. No test image is read. What was chosen is then checked in rounds that nothing was chosen by.",
    blocks: [
      { kind: "heading", text: "What was found" },
      { kind: "sentences", sentences: tuningFindings(tuning) },
      ...(inFreshRounds ? [{ kind: "table", table: inFreshRounds } as const] : []),
      { kind: "text", text: `Train with the chosen settings: ${commands.train}` },
      {
        kind: "figure",
        figure: {
          fileName: "tune.svg",
          name: `Validation error of ${title} by setting`,
          caption:
            "A trial is a point in every panel. Compare points of one size: all trials share the first round, and those that were lucky in it went on to more. The last panel follows each trial that was given more than one round until halving left it behind.",
          svg: figures.tuneSvg(tuning, document),
        },
      },
      { kind: "table", table: searchedTable(tuning) },
      { kind: "table", table: trialsTable(tuning) },
      { kind: "heading", text: "Settings" },
      { kind: "settings", settings: tuningSettings(tuning, records) },
      { kind: "heading", text: "Every trial and round" },
      {
        kind: "fold",
        summary: `Every trial: ${tuning.trials.length}`,
        table: trialsTable(tuning, tuning.trials.length),
      },
      ...(check
        ? [
            everyRound("Chosen settings", check.chosen.runs, "validation"),
            everyRound("Own settings", check.own.runs, "validation"),
          ]
        : []),
      { kind: "command", command: commands.tune },
    ],
    files: tuneFiles(tuning, commands.train),
  };
}
