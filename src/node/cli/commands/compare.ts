import { InvalidRequest } from "../../../core/errors.js";
import {
  checkReportedSeeds,
  compareArchitectures,
  comparisonDivergences,
  comparisonTables,
  paperConclusions,
  requireDifferent,
} from "../../../core/experiments/index.js";
import { type OptimizerSearches, optimizersTable } from "../../../core/experiments/tune/index.js";
import type { Job } from "../../../core/training/index.js";
import { type ComparisonDocument, comparePart, comparisonJson } from "../../report/index.js";
import { startThreads } from "../../workers/threads.js";
import type { MeasuringOptions } from "../options.js";
import { MEASURED_PAIR_OPTIONS } from "../pair-names.js";
import { everyRound } from "../rounds.js";
import { type RunRequest, Session } from "../session.js";
import { print, printJson } from "../terminal/output.js";
import { showSentences, showTable, tellReport } from "../terminal/show.js";
import { type NamedVariant, parseVariant } from "../variants.js";

export interface CompareOptions extends MeasuringOptions {
  readonly rounds: number;
  readonly out: string;
  readonly optimizers?: string | undefined;
  readonly trials?: number | undefined;
  readonly baseline?: true | undefined;
}

/** `pairlab compare`: architectures over the same rounds, what differs between them, and the report. */
export async function compare(names: readonly string[], options: CompareOptions): Promise<void> {
  const variants = names.map(parseVariant);
  // Where there is a choice to make, the rounds may be those of others.
  if (options.evaluateOn !== "validation") checkReportedSeeds(options.seed, options.rounds);
  if (options.optimizers !== undefined) {
    const { compareOptimizers } = await import("./compare-optimizers.js");
    return compareOptimizers(variants, options.optimizers, options);
  }
  if (options.trials !== undefined)
    throw new InvalidRequest("--trials is the budget of --optimizers: without it nothing is searched");
  requireDifferent(variants.map(({ name }) => ({ name })));
  const threads = startThreads(Math.min(options.workers, options.rounds * variants.length));
  await Session.with(
    options,
    { threads, reportFolder: options.out, pairNames: MEASURED_PAIR_OPTIONS },
    async (session) => {
      show(await compareVariants(variants, session, options), options);
    },
  );
}

/** Trains variants over the same rounds, and writes the report; `searches` are what they were chosen by. */
export async function compareVariants(
  variants: readonly NamedVariant[],
  session: Session,
  options: CompareOptions,
  searches?: OptimizerSearches,
): Promise<ComparisonDocument> {
  const { rounds, seed } = options;
  const requests = everyRound(variants, options);
  const jobs = variants.map((variant, i) =>
    jobsOf(
      variant,
      session,
      requests.filter((_, at) => at % variants.length === i),
    ),
  );
  const compared = variants.map(({ overrides: _, ...variant }, i) => ({
    ...variant,
    runs: (jobs[i] as Job[]).map(({ id }) => id),
  }));
  requireDifferent(compared.map(({ name }, i) => ({ name, config: jobs[i]?.[0]?.config })));
  // Round by round, so that an interrupt leaves whole rounds.
  const byRound = Array.from({ length: rounds }, (_, i) => jobs.map((own) => own[i] as Job)).flat();
  const records = await session.measure(await session.train(byRound));
  const rows = compared.map((each) => (isPlain(each) ? each.name : each));
  const comparison = compareArchitectures(
    rows,
    records,
    { rounds, seed, ...session.identityOf(options) },
    { withFirst: options.baseline },
  );
  const paper = paperConclusions(comparison, records);
  const document: ComparisonDocument = {
    ...comparison,
    ...(paper ? { paper } : {}),
    ...(searches ? { searches } : {}),
  };
  await session.report(options.out, await comparePart(document, records));
  return document;
}

const isPlain = ({ settings }: Pick<NamedVariant, "settings">): boolean => Object.keys(settings).length === 0;

/** A variant's runs, in the order of their rounds. */
function jobsOf(variant: NamedVariant, session: Session, requests: readonly RunRequest[]): Job[] {
  try {
    return session.jobsOf(requests);
  } catch (error) {
    if (!(error instanceof InvalidRequest) || isPlain(variant)) throw error;
    throw new InvalidRequest(`${variant.name}: ${error.message.replace(`${variant.architecture}: `, "")}`);
  }
}

export function show(comparison: ComparisonDocument, options: CompareOptions): void {
  if (options.json) {
    printJson(comparisonJson(comparison));
    return;
  }
  const { searches } = comparison;
  for (const table of [...(searches ? [optimizersTable(searches)] : []), ...comparisonTables(comparison)])
    showTable(table);
  showSentences(comparisonDivergences(comparison));
  showSentences(searches?.optimizers.flatMap(({ warnings }) => warnings) ?? []);
  showSentences(comparison.differences.map(({ sentence }) => sentence));
  if (comparison.paper) {
    list(
      "Which of the paper's conclusions hold",
      comparison.paper.conclusions.map(({ sentence }) => sentence),
    );
    list("The paper's numbers and ours", comparison.paper.numbers);
  }
  tellReport(options, "the figures and the settings");
}

function list(title: string, sentences: readonly string[]): void {
  print("");
  print(title);
  showSentences(sentences);
}
