export {
  type AblatedCell,
  type Ablation,
  ablationSentences,
  ablationSettings,
  afterTrials,
  cells as ablationCells,
  chosenSettings,
  type Effect,
  nextTrials,
  startTuning,
  summarizeAblation,
  type Trial,
  type TunedCell,
  type TuningBudget,
  tuningBudget,
  tuningSentences,
} from "./ablation/index.js";
export type { AllTestPairs, MeasuredRun } from "./all-test-pairs.js";
export {
  type ArchitectureComparison,
  type ComparedArchitecture,
  type ComparedVariant,
  compareArchitectures,
  type Difference,
  type PairedTest,
  requireDifferent,
  roundDifferences,
} from "./comparison.js";
export { isShown, testedInBrief } from "./comparison-sentence.js";
export { comparisonDivergences, comparisonMethods, comparisonTables, errorsIn } from "./comparison-tables.js";
export { type Curve, type Curves, curvesOf } from "./curves.js";
export { type DataFactor, dataFactor, type FactorOptions, type LearningCurve, leastError } from "./data-factor.js";
export { differences } from "./differences.js";
export {
  captioned,
  divergedOf,
  divergedRounds,
  divergedSentences,
  errorText,
  finishedOf,
  type MayDiverge,
} from "./diverged.js";
export {
  count,
  duration,
  localTime,
  meanAndSpread,
  paperPlusMinus,
  percent,
  percentInterval,
  plusMinus,
  pointsWithInterval,
  printedDigits,
} from "./format.js";
export type { GroupSummary } from "./group-summary.js";
export { LADDER, type Rung } from "./ladder.js";
export { type Conclusion, type PaperConclusions, paperConclusions } from "./paper-conclusions.js";
export {
  type ExperimentContext,
  type ReproducedArchitecture,
  type Reproduction,
  summarizeReproduction,
  type Verdict,
  verdictOn,
} from "./reproduction.js";
export type { Rise } from "./rising-loss.js";
export { medianSeconds, type RoundResult, type RoundsSummary, summarizeRounds } from "./rounds.js";
export { groupRuns, type RunGroup, sameSettings } from "./runs.js";
export { seedRanges } from "./seeds.js";
export { type ConfiguredRun, type Setting, settingsOf, settingsOfRuns, VERDICT_RULE } from "./settings.js";
export { sharedSettings } from "./shared-settings.js";
export { errorSpread, type Spread, spread } from "./spread.js";
export {
  type RunInTraining,
  type StoreDocument,
  type StoredGroup,
  type StoredRun,
  storeDocumentFromJson,
} from "./store-document.js";
export { paperTables, type Table, VERDICT_WORDS, verdictWords } from "./tables.js";
export {
  defaultSpace,
  parseSpace,
  type SearchPlan,
  type SearchSpace,
  search as searchSettings,
  searchPlan,
  summarizeTuning,
  type Trial as SearchTrial,
  type TrialRun as SearchRun,
  type TrialSettings,
  type TunedNetwork,
  type Tuning,
} from "./tune/index.js";
export { checkReportedSeeds } from "./tuning-seeds.js";
export { architectureOf, titleOf, titlesOf, type Variant, type VariantSettings } from "./variants.js";
export {
  type HintWorth,
  type LadderCurve,
  type LadderPoint,
  summarizeWorth,
  type Worth,
  type WorthSettings,
} from "./worth.js";
export { worthSentences } from "./worth-sentences.js";
export { worthErrorTable, worthFactorTable } from "./worth-tables.js";
