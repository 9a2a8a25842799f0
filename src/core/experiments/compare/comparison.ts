import { listOf, oneOf, partly, text } from "../../checks.js";
import { EVALUATION_PAIRS } from "../../data/pools.js";
import { InvalidRequest } from "../../errors.js";
import { probabilityOfSuperiority, roundsNeeded, roundsNeededWithin, samplingSd } from "../../statistics/index.js";
import { standardDeviation } from "../../statistics/moments.js";
import { type AllTestPairs, allTestPairsOf, type MeasuredRun } from "../shared/all-test-pairs.js";
import { checkContext, type ExperimentContext } from "../shared/context.js";
import { divergedBriefly, finishedOf } from "../shared/diverged.js";
import { generalOf } from "../shared/general.js";
import { type PairedTest, pairedTests, settled } from "../shared/paired-tests.js";
import {
  clockOf,
  everyRoundOf,
  inEveryRound,
  type RoundsSummary,
  type SecondsPerRun,
  secondsPerRun,
  summarizeRounds,
} from "../shared/rounds.js";
import { tuningVariance, unitsOf } from "../shared/tunings.js";
import type { Difference } from "./difference.js";
import { generalSentence } from "./general-sentence.js";
import { requireDifferent } from "./require-different.js";
import { comparisonSentence } from "./sentence.js";
import { anytimeTests, type UntilShown } from "./until.js";
import { titleOf, titlesOf, type Variant, withTitles } from "./variants.js";

/** An architecture, or a variant of one, which also has `architecture`, `settings`, `title` and a name of its own. */
export interface ComparedArchitecture
  extends RoundsSummary,
    Partial<Pick<Variant, "architecture" | "settings" | "title">> {
  readonly name: string;
  readonly parameters: number;
  /** The standard deviation that a round's test error has only from its number of test pairs. */
  readonly samplingSd: number;
  /** Where every run was measured on them. */
  readonly allTestPairs?: AllTestPairs;
  readonly secondsPerRun: SecondsPerRun;
}

/** A variant with the ids of its runs. */
export interface ComparedVariant extends Variant {
  readonly runs: readonly string[];
}

/** Architectures compared in pairs over the same rounds. Errors are fractions of pairs. */
export interface ArchitectureComparison extends ExperimentContext {
  /** Where errors are not those on test pairs. */
  readonly evaluateOn?: "validation";
  readonly architectures: readonly ComparedArchitecture[];
  /** The name of the first, if the others are compared only with it. */
  readonly baseline?: string;
  /** The pairs of each round that differences are on: all test pairs, if every network was measured on them, otherwise a round's own. */
  readonly differencePairs: number;
  /** If rounds were added until it was decided what differs; p and intervals then are those of `AnytimeTest`. */
  readonly until?: UntilShown;
  /** Of every pair of architectures, in the order given; with a baseline, of the pairs that it is in. */
  readonly differences: readonly Difference[];
}

export interface ComparisonOptions {
  /**
   * Compares the others only with the first: fewer tests, so the correction for their number costs less. Default: every
   * pair.
   */
  readonly withFirst?: boolean | undefined;
  /** The number of rounds depends on what they show, so tests and intervals are those that allow for it. */
  readonly until?: UntilShown | undefined;
}

const COMPARED = listOf((each, what) => {
  if (typeof each !== "string")
    partly({ name: text, architecture: text, settings: partly({}), runs: listOf(text) })(each, what);
});
const RECORDS = listOf(
  partly({ id: text, architecture: text, config: partly({ evaluateOn: oneOf(EVALUATION_PAIRS) }) }),
);

/**
 * Compares architectures by their run records, in pairs in the order given.
 *
 * @param compared  names of architectures, and variants
 * @throws InvalidRequest if there are fewer than two or one comes twice, one does not have exactly one run of each seed, or only
 *   some were measured on validation pairs
 */
export function compareArchitectures(
  compared: readonly (string | ComparedVariant)[],
  records: readonly MeasuredRun[],
  context: ExperimentContext,
  { withFirst = false, until }: ComparisonOptions = {},
): ArchitectureComparison {
  COMPARED(compared, "compared");
  RECORDS(records, "records");
  checkContext(context, "context");
  const ofVariants = new Set(compared.flatMap((each) => (typeof each === "string" ? [] : each.runs)));
  const plain = records.filter(({ id }) => !ofVariants.has(id));
  const runOf = (each: string | ComparedVariant) =>
    typeof each === "string"
      ? [...plain, ...records].find(({ architecture }) => architecture === each)
      : records.find(({ id }) => each.runs.includes(id));
  requireDifferent(
    compared.map((each) => ({ name: typeof each === "string" ? each : each.name, config: runOf(each)?.config })),
  );
  const architectures = withTitles(rowsOf(compared, { plain, records }, context));
  const measured = new Set(records.map(({ config }) => config.evaluateOn));
  if (measured.size > 1)
    throw new InvalidRequest(
      "some runs were measured on validation pairs and some on test pairs: compare runs of one kind",
    );
  const evaluateOn = measured.has("validation") ? ({ evaluateOn: "validation" } as const) : {};
  const [first] = architectures;
  const baseline = withFirst && first ? { baseline: first.name } : {};
  const pairs = comparedPairs(architectures, withFirst);
  const { tunings = 1 } = context;
  const perRound = pairs.map(({ a, b }) => roundDifferences({ architectures }, { a: a.name, b: b.name }));
  const sets = perRound.map((differences) => unitsOf(differences, tunings));
  const tests = until ? anytimeTests(sets, until) : pairedTests(sets, context.seed);
  const comparisons = pairs.length;
  const errors = errorsIn(architectures);
  const differencePairs = pairsOfDifferences(architectures, records);
  const byId = new Map(records.map((record) => [record.id, record]));
  const runsOf = ({ runs }: ComparedArchitecture) => runs.map(({ id }) => byId.get(id) as MeasuredRun);
  const tested = {
    rounds: context.rounds,
    tunings,
    comparisons,
    ...evaluateOn,
    ...(until && { until }),
    titleOf: titlesOf(architectures),
  };
  const differences = pairs.map(({ a, b }, i): Difference => {
    const test = tests[i] as PairedTest;
    const superiority = test.diverged
      ? undefined
      : probabilityOfSuperiority(unitsOf(errors(a), tunings), unitsOf(errors(b), tunings));
    const general = generalOf(
      { ...test, sd: standardDeviation(perRound[i] as number[]) ?? null },
      differencePairs,
      [runsOf(a), runsOf(b)].map((runs, side) => ({ runs, weight: side === 0 ? 1 : -1 })),
    );
    const variance = tuningVariance(perRound[i] as number[], context);
    const found = {
      a: a.name,
      b: b.name,
      ...test,
      ...(general && { general }),
      ...(variance && { variance }),
      probabilityOfSuperiority: superiority ? { value: superiority.share, ci95: superiority.interval } : null,
      rounds: until || test.sd === null ? null : (roundsNeeded({ mean: test.mean, sd: test.sd, comparisons }) ?? null),
      roundsWithin:
        until || test.sd === null || !test.ci95
          ? null
          : (roundsNeededWithin(test.ci95, { sd: test.sd, comparisons }) ?? null),
    };
    const lost = divergedBriefly(...[a, b].map((each) => ({ title: titleOf(each), runs: each.runs })));
    const sentence = comparisonSentence(found, { ...tested, ...(lost && { lost }) });
    return { ...found, sentence: [sentence, ...generalSentence(found, context.dataset)].join(" ") };
  });
  return {
    ...context,
    ...baseline,
    ...evaluateOn,
    differencePairs,
    ...(until && { until }),
    architectures,
    differences,
  };
}

/** What is compared with what: every pair, or the others with the first. */
export const comparedPairs = <Row>(rows: readonly Row[], withFirst: boolean): { readonly a: Row; readonly b: Row }[] =>
  (withFirst ? rows.slice(0, 1) : rows).flatMap((a, i) => rows.slice(i + 1).map((b) => ({ a, b })));

function rowsOf(
  compared: readonly (string | ComparedVariant)[],
  { plain, records }: { readonly plain: readonly MeasuredRun[]; readonly records: readonly MeasuredRun[] },
  context: ExperimentContext,
): ComparedArchitecture[] {
  const clock = clockOf(records);
  return compared.map((each) => {
    const isVariant = typeof each !== "string";
    const runs = isVariant
      ? inEveryRound(
          each.name,
          records.filter(({ id }) => each.runs.includes(id)),
          context,
        )
      : everyRoundOf(each, plain, context);
    const { runs: _, ...named } = isVariant ? each : { name: each, runs: [] };
    const { parameters, config } = runs[0] as MeasuredRun;
    const summary = summarizeRounds(runs, context.tunings);
    const allTestPairs = allTestPairsOf(runs, context.tunings);
    return {
      ...named,
      parameters,
      secondsPerRun: secondsPerRun(runs, clock),
      ...summary,
      samplingSd: samplingSd(summary.testError.mean, config.testPairs),
      ...(allTestPairs && { allTestPairs }),
    };
  });
}

/** Test error of `a` minus that of `b` in each round, on all test pairs if all were measured on them; NaN if one diverged. */
export function roundDifferences(
  { architectures }: Pick<ArchitectureComparison, "architectures">,
  { a, b }: Pick<Difference, "a" | "b">,
): number[] {
  const errorsOf = errorsIn(architectures);
  const errors = (name: string) => {
    const compared = architectures.find((architecture) => architecture.name === name);
    if (!compared) throw new Error(`${name} was not compared`);
    return errorsOf(compared);
  };
  const others = errors(b);
  return errors(a).map((error, round) => settled(error - (others[round] as number)));
}

/** Whether every network was measured on all test pairs. One that diverged in every round has no errors anyway. */
export const areOnAllTestPairs = (architectures: readonly ComparedArchitecture[]): boolean =>
  architectures.some(({ allTestPairs }) => allTestPairs) &&
  architectures.every(({ allTestPairs, runs }) => allTestPairs || finishedOf(runs).length === 0);

/** The errors that differences are made of. */
function errorsIn(architectures: readonly ComparedArchitecture[]): (compared: ComparedArchitecture) => number[] {
  const onAll = areOnAllTestPairs(architectures);
  return ({ runs }) =>
    runs.map(({ testError, allTestPairsError }) => (onAll ? (allTestPairsError ?? testError) : testError));
}

function pairsOfDifferences(architectures: readonly ComparedArchitecture[], records: readonly MeasuredRun[]): number {
  const measured = architectures.find(({ allTestPairs }) => allTestPairs)?.allTestPairs;
  if (measured && areOnAllTestPairs(architectures)) return measured.pairs;
  return records[0]?.config.testPairs ?? 0;
}
