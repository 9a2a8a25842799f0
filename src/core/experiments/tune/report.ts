import { findArchitecture } from "../../architectures/index.js";
import { everyRound } from "../shared/every-round.js";
import type { Findings } from "../shared/experiment.js";
import { apparatusOptions, optionsFor } from "../shared/options.js";
import type { FigureTools, PartContent } from "../shared/part.js";
import { questionFirst } from "../shared/question.js";
import { tuneFiles } from "./files.js";
import {
  checkTable,
  searchedTable,
  type TuneOptions,
  type Tuning,
  trialsTable,
  tuningFindings,
  tuningSettings,
} from "./index.js";

/** The part of a report that says which settings suit an architecture. */
export function tunePart(
  { result: tuning, records }: Findings<Tuning>,
  { figures, document }: FigureTools,
  options: Pick<TuneOptions, "over">,
): PartContent {
  const { title } = findArchitecture(tuning.architecture);
  const { check } = tuning;
  const inFreshRounds = checkTable(tuning);
  return {
    title: `Settings that suit ${title}`,
    introduction: `${questionFirst(records)}Settings that are not part of the question, such as the learning rate, are searched for the lowest error on validation pairs: training images that a round does not train on. No test image is read. The chosen settings are then checked in rounds that were not used to choose settings.`,
    blocks: [
      { kind: "heading", text: "What was found" },
      { kind: "sentences", sentences: tuningFindings(tuning) },
      ...(inFreshRounds ? [{ kind: "table", table: inFreshRounds } as const] : []),
      { kind: "text", text: `Train with the chosen settings: ${tuning.command}` },
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
      { kind: "command", command: commandOf(tuning, options) },
    ],
    files: tuneFiles(tuning),
  };
}

/** The command line that searches again, to the same numbers. */
const commandOf = (tuning: Tuning, { over }: Pick<TuneOptions, "over">): string =>
  [
    `pairlab tune ${tuning.architecture} --trials ${tuning.plan.trials}`,
    ...(over === undefined ? [] : [`--over ${over.replaceAll(" ", "")}`]),
    `--rounds ${tuning.rounds} --seed ${tuning.seed}`,
    ...optionsFor(tuning.fixed),
    ...apparatusOptions(tuning),
  ].join(" ");
