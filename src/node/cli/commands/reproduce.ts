import { architectures } from "../../../core/architectures/index.js";
import {
  checkReportedSeeds,
  differences,
  paperTables,
  type Reproduction,
  summarizeReproduction,
} from "../../../core/experiments/index.js";
import type { RunRecord } from "../../../core/training/index.js";
import { reproducePart } from "../../report/index.js";
import { startThreads } from "../../workers/threads.js";
import type { TrainingOptions } from "../options.js";
import { everyRound } from "../rounds.js";
import { Session } from "../session.js";
import { printJson } from "../terminal/output.js";
import { showSentences, showTable, tellReport } from "../terminal/show.js";

export interface ReproduceOptions extends TrainingOptions {
  readonly rounds: number;
  readonly out: string;
}

/** `pairlab reproduce`: every network of the paper, in every round, and the report. */
export async function reproduce(options: ReproduceOptions): Promise<void> {
  checkReportedSeeds(options.seed, options.rounds);
  const names = architectures.filter(({ paper }) => paper).map(({ name }) => name);
  // The longest runs of a round first, so that none is left over at the end.
  const runs = everyRound(
    names.toReversed().map((architecture) => ({ architecture })),
    options,
  );
  const threads = startThreads(Math.min(options.workers, runs.length));
  await Session.with(options, { threads, reportFolder: options.out }, async (session) => {
    const records = await session.train(session.jobsOf(runs));
    const { rounds, seed } = options;
    const reproduction = summarizeReproduction(names, records, { rounds, seed, ...session.identityOf(options) });
    await session.report(options.out, await reproducePart(reproduction, records));
    show(reproduction, records, options);
  });
}

function show(reproduction: Reproduction, records: readonly RunRecord[], options: ReproduceOptions): void {
  if (options.json) {
    printJson(reproduction);
    return;
  }
  for (const table of paperTables(reproduction)) showTable(table);
  showSentences(differences(reproduction, records));
  tellReport(options, "the figures and the settings");
}
