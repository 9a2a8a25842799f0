import { InvalidRequest } from "../../errors.js";
import { sentencesBlock, type TextBlock, tableBlock } from "../../text/block.js";
import { isMnist, type Job } from "../../training/job.js";
import type { MeasuredRun } from "../shared/all-test-pairs.js";
import { type Apparatus, identityOf, jobsFor } from "../shared/apparatus.js";
import type { Experiment, Findings, Steps } from "../shared/experiment.js";
import { imagesInWords, questionField } from "../shared/question.js";
import { roundRequests } from "../shared/round-requests.js";
import { allRounds, TUNED_ONCE } from "../shared/tunings.js";
import { type ArchitectureComparison, compareArchitectures } from "./comparison.js";
import { jobsOfVariants } from "./jobs.js";
import { optimizerPlan, searchOptimizers, type TunedRow, untuned } from "./optimizer-search.js";
import { optimizersTable } from "./optimizer-tables.js";
import type { OptimizerSearches } from "./optimizers.js";
import { type CompareOptions, checkedVariants, requireUnsearched } from "./options.js";
import { type PaperConclusions, paperConclusions } from "./paper-conclusions.js";
import { planOf, refuseSearch, requireAsPlanned } from "./seal-plan.js";
import type { SealedPlan } from "./sealed-plan.js";
import { comparisonDivergences, comparisonTables, noBetterThanOneAnswer, plannedSettings } from "./tables.js";
import { FIRST_LOOK } from "./until.js";
import { isPlain } from "./variants.js";

/** A comparison, and what it says about the paper if it includes all of the paper's architectures. */
export interface ComparisonDocument extends ArchitectureComparison, Partial<OptimizerSearches> {
  readonly paper?: PaperConclusions;
  /** The plan that was sealed before. */
  readonly sealedPlan?: Pick<SealedPlan, "sha256">;
}

/** How each optimizer was tuned; undefined if none was. */
export const searchesOf = ({ optimizers, plan, validationPairs }: ComparisonDocument): OptimizerSearches | undefined =>
  optimizers && plan && validationPairs !== undefined ? { optimizers, plan, validationPairs } : undefined;

/** Architectures over the same rounds, and what differs between them. */
export const compare: Experiment<CompareOptions, ComparisonDocument> = {
  name: "compare",
  plan(options) {
    const variants = checkedVariants(options);
    const { seed, settings = {}, optimizers, trials, tunings = 1, until, sealedPlan } = options;
    const rounds = allRounds(options.rounds, tunings);
    if (optimizers !== undefined) {
      if (sealedPlan) refuseSearch();
      if (tunings > 1 && until)
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
    requireUnsearched(variants, options);
    return {
      mostRuns: (until ? Math.min(rounds, FIRST_LOOK) : rounds) * variants.length,
      steps: (apparatus) => compareVariants(untuned(variants), options, apparatus),
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
      sentencesBlock(plannedSettings(result).map(({ name, value }) => `${name}: ${value}.`)),
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
  const { seed, baseline, until, sealedPlan } = options;
  const tunings = variants[0]?.tuned.length ?? 1;
  const rounds = allRounds(options.rounds, tunings);
  const jobs = jobsOfVariants(variants, options, apparatus);
  if (sealedPlan) requireAsPlanned(sealedPlan, planOf(variants, jobs, options, apparatus));
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
    const planned = sealedPlan && { sealedPlan: { sha256: sealedPlan.sha256 } };
    return { result: { ...comparison, ...planned, ...(paper && { paper }), ...searches }, records };
  }
}
