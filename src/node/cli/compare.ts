import { findArchitecture } from "../../core/architectures/index.js";
import {
  compareArchitectures,
  comparisonTables,
  paperConclusions,
  requireDifferent,
} from "../../core/experiments/index.js";
import { type ComparisonDocument, comparePart, writeReport } from "../report/index.js";
import { startThreads } from "../workers/threads.js";
import type { TrainingOptions } from "./options.js";
import { print, printJson, remark } from "./output.js";
import { everyRound } from "./rounds.js";
import { Session } from "./session.js";
import { formatTable } from "./table.js";

export interface CompareOptions extends TrainingOptions {
  readonly rounds: number;
  readonly out: string;
}

/** `pairlab compare`: architectures over the same rounds, what differs between them, and the report. */
export async function compare(names: readonly string[], options: CompareOptions): Promise<void> {
  for (const name of names) findArchitecture(name);
  requireDifferent(names);
  const runs = everyRound(names, options);
  const threads = startThreads(Math.min(options.workers, runs.length));
  await Session.with(options, { threads, reportFolder: options.out }, async (session) => {
    const records = await session.measure(await session.train(session.jobsOf(runs)));
    const { rounds, seed } = options;
    const comparison = compareArchitectures(names, records, { rounds, seed, ...session.identityOf(options) });
    const paper = paperConclusions(comparison, records);
    const document: ComparisonDocument = { ...comparison, ...(paper ? { paper } : {}) };
    for (const wrong of await writeReport(options.out, await comparePart(document, records))) remark(wrong);
    show(document, options);
  });
}

function show(comparison: ComparisonDocument, options: CompareOptions): void {
  if (options.json) {
    printJson(comparison);
    return;
  }
  for (const { title, caption, columns, rows } of comparisonTables(comparison)) {
    print(`\n${title}`);
    print(formatTable(columns, rows));
    print(caption);
  }
  list(
    "",
    comparison.differences.map(({ sentence }) => sentence),
  );
  if (comparison.paper) {
    list(
      "Which of the paper's conclusions hold",
      comparison.paper.conclusions.map(({ sentence }) => sentence),
    );
    list("The paper's numbers and ours", comparison.paper.numbers);
  }
  if (!options.quiet) remark(`\n${options.out}/report.html has the figures and the settings`);
}

function list(title: string, sentences: readonly string[]): void {
  if (title) print(`\n${title}`);
  for (const sentence of sentences) print(`\n${sentence}`);
}
