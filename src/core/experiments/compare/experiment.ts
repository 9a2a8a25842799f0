import { anything, fields, flag, listOf, optional, within } from "../../checks.js";
import type { OptimizerName } from "../../engine/optimizers/registry.js";
import { InvalidRequest } from "../../errors.js";
import { MOST_TUNINGS } from "../../limits.js";
import { sentencesBlock, type TextBlock, tableBlock } from "../../text/block.js";
import { isMnist, type Job } from "../../training/job.js";
import type { MeasuredRun } from "../shared/all-test-pairs.js";
import { type Apparatus, identityOf, jobsFor, type RunRequest } from "../shared/apparatus.js";
import { ROUNDS } from "../shared/context.js";
import type { Experiment, Findings, Steps } from "../shared/experiment.js";
import { imagesInWords, questionField } from "../shared/question.js";
import { type RoundsOptions, roundRequests } from "../shared/round-requests.js";
import { checkReportedSeeds } from "../shared/tuning-seeds.js";
import { allRounds, TUNED_ONCE } from "../shared/tunings.js";
import { type ArchitectureComparison, compareArchitectures, requireDifferent } from "./comparison.js";
import { optimizerPlan, searchOptimizers, type TunedRow } from "./optimizer-search.js";
import { optimizersTable } from "./optimizer-tables.js";
import type { OptimizerSearches } from "./optimizers.js";
import { type PaperConclusions, paperConclusions } from "./paper-conclusions.js";
import { comparisonDivergences, comparisonTables, noBetterThanOneAnswer } from "./tables.js";
import { checkUntil, FIRST_LOOK, type UntilShown } from "./until.js";
import { asVariant, type NamedVariant } from "./variants.js";

/** What `compare` compares, and how. */
export interface CompareOptions extends RoundsOptions {
  /** Names of architectures, and variants of them; at least two, or one with `optimizers`. */
  readonly architectures: readonly (string | NamedVariant)[];
  /** Compares the others with the first only: fewer tests than for every pair. */
  readonly baseline?: boolean | undefined;
  /** Of one architecture: optimizers that are compared, each with settings searched on validation pairs. */
  readonly optimizers?: readonly OptimizerName[] | "all" | undefined;
  /** Settings tried for each of them. Default 60. */
  readonly trials?: number | undefined;
  /** How often each of them is tuned, each time with rounds of its own: `rounds` are those of each tuning. Default 1. */
  readonly tunings?: number | undefined;
  /** Adds rounds, up to `rounds`, until every difference is shown or shown to be below a margin. */
  readonly until?: UntilShown | undefined;
}

/** A comparison, and what it says about the paper if it includes all of the paper's architectures. */
export interface ComparisonDocument extends ArchitectureComparison, Partial<OptimizerSearches> {
  readonly paper?: PaperConclusions;
}

/** How each optimizer was tuned; undefined if none was. */
export const searchesOf = ({ optimizers, plan, validationPairs }: ComparisonDocument): OptimizerSearches | undefined =>
  optimizers && plan && validationPairs !== undefined ? { optimizers, plan, validationPairs } : undefined;

const OPTIONS = fields(
  {
    architectures: listOf(anything),
    ...ROUNDS,
    settings: anything,
    baseline: optional(flag),
    optimizers: anything,
    trials: anything,
    tunings: optional(within({ least: 1, most: MOST_TUNINGS, whole: true })),
    until: anything,
  },
  "option",
);

/** Architectures over the same rounds, and what differs between them. */
export const compare: Experiment<CompareOptions, ComparisonDocument> = {
  name: "compare",
  plan(options) {
    OPTIONS(options, "");
    const { seed, settings = {}, trials, tunings = 1 } = options;
    const rounds = allRounds(options.rounds, tunings);
    if (options.until) checkUntil(options.until);
    const variants = options.architectures.map(asVariant);
    // Rounds on validation pairs serve a choice, so their seeds may be any.
    if (settings.evaluateOn !== "validation") checkReportedSeeds(seed, rounds);
    const { optimizers } = options;
    if (optimizers !== undefined) {
      if (tunings > 1 && options.until)
        throw new InvalidRequest(
          "--tunings fixes how often optimizers are tuned and --until shown adds rounds of one tuning: leave one of them out",
        );
      const searching = optimizerPlan({ variants, optimizers, trials, tunings, seed, settings });
      return {
        *steps(apparatus) {
          // Whether there are the pairs that they are compared on is known before hours of search.
          jobsFor(apparatus, roundRequests(variants, { ...options, rounds }));
          const { rows, searches } = yield* searchOptimizers(searching, apparatus);
          return yield* compareVariants(rows, options, apparatus, searches);
        },
      };
    }
    for (const [name, value] of Object.entries({ trials, tunings: options.tunings }))
      if (value !== undefined)
        throw new InvalidRequest(`--${name} is the budget of --optimizers: without --optimizers nothing is searched`);
    requireDifferent(variants.map(({ name }) => ({ name })));
    return {
      mostRuns: (options.until ? Math.min(rounds, FIRST_LOOK) : rounds) * variants.length,
      steps: (apparatus) =>
        compareVariants(
          variants.map((each) => ({ ...each, tuned: [each] })),
          options,
          apparatus,
        ),
    };
  },
  summary: ({ result }) => {
    const searches = searchesOf(result);
    return [
      ...[...(searches ? [optimizersTable(searches)] : []), ...comparisonTables(result)].map(tableBlock),
      sentencesBlock(comparisonDivergences(result)),
      sentencesBlock(noBetterThanOneAnswer(result)),
      sentencesBlock(searches?.optimizers.flatMap(({ warnings }) => warnings) ?? []),
      sentencesBlock(tunedOnce(result)),
      sentencesBlock(result.differences.map(({ sentence }) => sentence)),
      ...aboutThePaper(result),
    ];
  },
};

/** What is said where the settings of optimizers were searched once. */
export const tunedOnce = ({ optimizers, tunings = 1 }: Pick<ComparisonDocument, "optimizers" | "tunings">): string[] =>
  optimizers && tunings === 1 ? [TUNED_ONCE] : [];

/** What a comparison says about the paper; nothing where it does not include all of the paper's architectures. */
export function aboutThePaper({ paper, dataset }: Pick<ComparisonDocument, "paper" | "dataset">): TextBlock[] {
  if (!paper) return [];
  const { conclusions, numbers } = paper;
  const others = isMnist(dataset) ? "" : `, which are about digits, hold for ${imagesInWords(dataset.name)}`;
  return [
    { kind: "heading", text: `Which of the paper's conclusions${others || " hold"}` },
    sentencesBlock(conclusions.map(({ sentence }) => sentence)),
    ...(numbers.length > 0
      ? ([{ kind: "heading", text: "The paper's numbers and ours" }, sentencesBlock(numbers)] as const)
      : []),
  ];
}

/** Trains variants over the same rounds, each tuning's in its own; `searches` are what they were chosen by. */
function* compareVariants(
  variants: readonly TunedRow[],
  options: CompareOptions,
  apparatus: Apparatus,
  searches?: OptimizerSearches,
): Steps<Findings<ComparisonDocument>> {
  const { seed, baseline, until } = options;
  const tunings = variants[0]?.tuned.length ?? 1;
  const rounds = allRounds(options.rounds, tunings);
  const requests = Array.from({ length: tunings }, (_, t) =>
    roundRequests(
      variants.map(({ tuned }) => tuned[t] as NamedVariant),
      { ...options, seed: seed + t * options.rounds },
    ),
  ).flat();
  const jobs = variants.map((variant, i) =>
    jobsOf(
      variant,
      requests.filter((_, at) => at % variants.length === i),
      apparatus,
    ),
  );
  requireDifferent(variants.map(({ name }, i) => ({ name, config: jobs[i]?.[0]?.config })));
  requireDifferentRuns(variants, jobs);
  // Round by round, so that an interrupt leaves whole rounds.
  const byRound = Array.from({ length: rounds }, (_, i) => jobs.map((own) => own[i] as Job));
  const onTest = byRound.flat().every(({ config }) => config.evaluateOn === "test");
  const records: MeasuredRun[] = [];
  for (let done = 0; ; ) {
    const next = until ? Math.min(rounds, Math.max(done + 1, FIRST_LOOK)) : rounds;
    const purpose = until && { purpose: next > done + 1 ? `rounds ${done + 1} to ${next}` : `round ${next}` };
    const step = {
      jobs: byRound.slice(done, next).flat(),
      ...purpose,
      ...(onTest && { onAllTestPairs: true as const }),
    };
    records.push(...(yield step));
    done = next;
    const rows = variants.map(({ overrides: _, tuned: __, ...variant }, i) =>
      isPlain(variant) ? variant.name : { ...variant, runs: (jobs[i] as Job[]).slice(0, done).map(({ id }) => id) },
    );
    const context = {
      rounds: done,
      seed,
      ...(tunings > 1 && { tunings }),
      ...questionField(records),
      ...identityOf(apparatus),
    };
    const comparison = compareArchitectures(rows, records, context, { withFirst: baseline, until });
    if (done < rounds && comparison.differences.some(({ decision }) => decision === "open")) continue;
    // The paper's conclusions are tested for a number of rounds that was fixed before.
    const paper = until ? undefined : paperConclusions(comparison, records);
    return { result: { ...comparison, ...(paper && { paper }), ...searches }, records };
  }
}

/** A stream whose seed is that of a round makes the run of that round. @throws InvalidRequest where two variants share a run */
function requireDifferentRuns(variants: readonly NamedVariant[], jobs: readonly (readonly Job[])[]): void {
  const known = new Map<string, string>();
  variants.forEach(({ name }, i) => {
    for (const { id, seed } of jobs[i] ?? []) {
      const other = known.get(id);
      if (other !== undefined)
        throw new InvalidRequest(
          `${other} and ${name} are one and the same run in the round of seed ${seed}: give streams seeds that no round has`,
        );
      known.set(id, name);
    }
  });
}

const isPlain = ({ settings }: Pick<NamedVariant, "settings">): boolean => Object.keys(settings).length === 0;

/** A variant's runs, in the order of their rounds. An error in its settings names the variant. */
function jobsOf(variant: NamedVariant, requests: readonly RunRequest[], apparatus: Apparatus): Job[] {
  try {
    return jobsFor(apparatus, requests);
  } catch (error) {
    if (!(error instanceof InvalidRequest) || isPlain(variant)) throw error;
    const { message } = error.cause instanceof InvalidRequest ? error.cause : error;
    throw new InvalidRequest(`${variant.name}: ${message}`);
  }
}
