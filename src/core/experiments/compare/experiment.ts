import { sentencesBlock, type TextBlock, tableBlock } from "../../text/block.js";
import { isMnist, type Job } from "../../training/job.js";
import type { MeasuredRun } from "../shared/all-test-pairs.js";
import { type Apparatus, identityOf, jobsFor } from "../shared/apparatus.js";
import type { Experiment, Findings, Steps } from "../shared/experiment.js";
import { imagesInWords, questionField } from "../shared/question.js";
import { roundRequests } from "../shared/round-requests.js";
import { type ArchitectureComparison, compareArchitectures } from "./comparison.js";
import { jobsOfVariants } from "./jobs.js";
import { optimizerPlan, searchOptimizers } from "./optimizer-search.js";
import { optimizersTable } from "./optimizer-tables.js";
import type { OptimizerSearches } from "./optimizers.js";
import { type CompareOptions, checkedVariants, requireUnsearched } from "./options.js";
import { type PaperConclusions, paperConclusions } from "./paper-conclusions.js";
import { planOf, refuseSearch, requireAsPlanned } from "./seal-plan.js";
import type { SealedPlan } from "./sealed-plan.js";
import { comparisonDivergences, comparisonTables, noBetterThanOneAnswer, plannedSettings } from "./tables.js";
import { FIRST_LOOK } from "./until.js";
import { isPlain, type NamedVariant } from "./variants.js";

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
    const { rounds, seed, settings = {}, optimizers, trials, until, sealedPlan } = options;
    if (optimizers !== undefined) {
      if (sealedPlan) refuseSearch();
      const searching = optimizerPlan({ variants, optimizers, trials, seed, settings });
      return {
        *steps(apparatus) {
          // Whether there are the pairs that they are compared on is known before hours of search.
          jobsFor(apparatus, roundRequests(variants, options));
          const { rows, searches } = yield* searchOptimizers(searching, apparatus);
          return yield* compareVariants(rows, options, apparatus, searches);
        },
      };
    }
    requireUnsearched(variants, options);
    return {
      mostRuns: (until ? Math.min(rounds, FIRST_LOOK) : rounds) * variants.length,
      steps: (apparatus) => compareVariants(variants, options, apparatus),
    };
  },
  summary: ({ result }) => {
    const searches = searchesOf(result);
    return [
      ...[...(searches ? [optimizersTable(searches)] : []), ...comparisonTables(result)].map(tableBlock),
      sentencesBlock(comparisonDivergences(result)),
      sentencesBlock(noBetterThanOneAnswer(result)),
      sentencesBlock(searches?.optimizers.flatMap(({ warnings }) => warnings) ?? []),
      sentencesBlock(result.differences.map(({ sentence }) => sentence)),
      ...aboutThePaper(result),
      sentencesBlock(plannedSettings(result).map(({ name, value }) => `${name}: ${value}.`)),
    ];
  },
};

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

/** Trains variants over the same rounds; `searches` are what they were chosen by. */
function* compareVariants(
  variants: readonly NamedVariant[],
  options: CompareOptions,
  apparatus: Apparatus,
  searches?: OptimizerSearches,
): Steps<Findings<ComparisonDocument>> {
  const { rounds, seed, baseline, until, sealedPlan } = options;
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
    const rows = variants.map(({ overrides: _, ...variant }, i) =>
      isPlain(variant) ? variant.name : { ...variant, runs: (jobs[i] as Job[]).slice(0, done).map(({ id }) => id) },
    );
    const context = { rounds: done, seed, ...questionField(records), ...identityOf(apparatus) };
    const comparison = compareArchitectures(rows, records, context, { withFirst: baseline, until });
    if (done < rounds && comparison.differences.some(({ decision }) => decision === "open")) continue;
    // The paper's conclusions are tested for a number of rounds that was fixed before.
    const paper = until ? undefined : paperConclusions(comparison, records);
    const planned = sealedPlan && { sealedPlan: { sha256: sealedPlan.sha256 } };
    return { result: { ...comparison, ...planned, ...(paper && { paper }), ...searches }, records };
  }
}
