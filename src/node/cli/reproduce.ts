import {
  architectures,
  differences,
  paperTables,
  type RunRecord,
  type SettingOverrides,
  summarizeReproduction,
} from "../../core/index.js";
import { writeReport } from "../report/index.js";
import { roundsOption, trainingCommand } from "./options.js";
import { formatTable, print, printJson, remark } from "./output.js";
import { openSession, overridesOf, trainSession } from "./session.js";

export const reproduceCommand = () =>
  trainingCommand("reproduce")
    .description("the paper: both tables, the four figures, and what differs")
    .addOption(roundsOption())
    .option("--out <folder>", "where the report goes", "report")
    .action(async (options) => {
      const inPaper = architectures.filter(({ paper }) => paper);
      // The longest runs of a round first, so that none is left over at the end.
      const runs = Array.from({ length: options.rounds }, (_, round) =>
        inPaper.toReversed().map(({ name, auxiliaryWeight }) => {
          const overrides = overridesOf(options);
          return {
            architecture: name,
            seed: options.seed + round,
            overrides: auxiliaryWeight ? overrides : withoutAuxiliaryWeight(overrides),
          };
        }),
      ).flat();
      const session = await openSession(options, runs, options.out);
      const records = await trainSession(session, options);
      const { version, simd } = (records[0] as RunRecord).config.engine;
      const reproduction = summarizeReproduction(
        inPaper.map(({ name }) => name),
        records,
        {
          rounds: options.rounds,
          seed: options.seed,
          dataset: session.dataset.identity,
          engine: { version, simd, workers: options.workers },
        },
      );
      await writeReport(options.out, reproduction, records);
      if (options.json) {
        printJson(reproduction);
        return;
      }
      for (const { title, caption, columns, rows } of paperTables(reproduction)) {
        print(`\n${title}`);
        print(formatTable(columns, rows));
        print(caption);
      }
      for (const sentence of differences(reproduction, records)) print(`\n${sentence}`);
      if (!options.quiet) remark(`\n${options.out}/report.html has the figures and the settings`);
    });

/** Settings for an architecture that has no auxiliary loss. */
function withoutAuxiliaryWeight({ auxiliaryWeight: _, ...overrides }: SettingOverrides): SettingOverrides {
  return overrides;
}
