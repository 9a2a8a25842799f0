import { architectures } from "../../core/architectures/index.js";
import { differences, paperTables, summarizeReproduction } from "../../core/experiments/index.js";
import type { RunRecord, SettingOverrides } from "../../core/training/index.js";
import { writeReport } from "../report/index.js";
import { startThreads } from "../workers/threads.js";
import type { TrainingOptions } from "./options.js";
import { print, printJson, remark } from "./output.js";
import { openSession, overridesOf, trainSession } from "./session.js";
import { formatTable } from "./table.js";

export interface ReproduceOptions extends TrainingOptions {
  readonly rounds: number;
  readonly out: string;
}

/** `pairlab reproduce`: every network of the paper, in every round, and the report. */
export async function reproduce(options: ReproduceOptions): Promise<void> {
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
  const threads = startThreads(Math.min(options.workers, runs.length));
  const session = await openSession(options, runs, threads, options.out);
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
}

/** Settings for an architecture that has no auxiliary loss. */
function withoutAuxiliaryWeight({ auxiliaryWeight: _, ...overrides }: SettingOverrides): SettingOverrides {
  return overrides;
}
