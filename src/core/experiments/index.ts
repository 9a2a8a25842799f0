export type { GroupSummary } from "../runs/group-summary.js";
export { groupRuns, type RunGroup, sameSettings } from "../runs/groups.js";
export { seedRanges } from "../runs/seeds.js";
export {
  type RunInTraining,
  type StoreDocument,
  type StoredGroup,
  type StoredRun,
  storeDocumentFromJson,
} from "../runs/store-document.js";
export type { TextBlock } from "../text/block.js";
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
} from "../text/format.js";
export type { Table } from "../text/table.js";
export { type AblateOptions, ablate } from "./ablate/experiment.js";
export {
  type AblatedCell,
  type Ablation,
  ablationSentences,
  ablationSettings,
  type CandidateRun,
  candidateRuns,
  cells as ablationCells,
  chosenSettings,
  type Effect,
  startTuning,
  summarizeAblation,
  type TunedCell,
  type TuningBudget,
  tuningBudget,
  tuningSentences,
  withErrors,
} from "./ablate/index.js";
export {
  type ArchitectureComparison,
  type ComparedArchitecture,
  type ComparedVariant,
  compareArchitectures,
  requireDifferent,
  roundDifferences,
} from "./compare/comparison.js";
export type { Difference } from "./compare/difference.js";
export { type CompareOptions, type ComparisonDocument, compare } from "./compare/experiment.js";
export { type Conclusion, type PaperConclusions, paperConclusions } from "./compare/paper-conclusions.js";
export type { Rise } from "./compare/rising-loss.js";
export { testedInBrief } from "./compare/sentence.js";
export { comparisonDivergences, comparisonMethods, comparisonTables, errorsIn } from "./compare/tables.js";
export {
  architectureOf,
  type NamedVariant,
  titleOf,
  titlesOf,
  type Variant,
  type VariantSettings,
} from "./compare/variants.js";
export { differencesFromPaper } from "./reproduce/beside-paper.js";
export { reproduce } from "./reproduce/experiment.js";
export {
  type ReproducedArchitecture,
  type Reproduction,
  summarizeReproduction,
  type Verdict,
  verdictOn,
} from "./reproduce/reproduction.js";
export { paperTables, VERDICT_WORDS, verdictWords } from "./reproduce/tables.js";
export type { AllTestPairs, MeasuredRun } from "./shared/all-test-pairs.js";
export type { Apparatus, RunRequest } from "./shared/apparatus.js";
export { isShown } from "./shared/claims.js";
export type { ExperimentContext } from "./shared/context.js";
export { type Curve, type Curves, curvesOf } from "./shared/curves.js";
export {
  captioned,
  divergedOf,
  divergedRounds,
  divergedSentences,
  errorText,
  finishedOf,
  type MayDiverge,
} from "./shared/diverged.js";
export {
  type Experiment,
  type ExperimentPlan,
  type ExperimentStep,
  type Findings,
  runExperiment,
  type TrainStep,
} from "./shared/experiment.js";
export { type ConfiguredRun, type Setting, settingsOf, settingsOfRuns, VERDICT_RULE } from "./shared/method.js";
export type { PairedTest } from "./shared/paired-tests.js";
export type { RoundsOptions } from "./shared/round-requests.js";
export { medianSeconds, type RoundResult, type RoundsSummary, summarizeRounds } from "./shared/rounds.js";
export { sharedSettings } from "./shared/shared-settings.js";
export { errorSpread, type Spread, spread } from "./shared/spread.js";
export { checkReportedSeeds } from "./shared/tuning-seeds.js";
export { type FixedSettings, type TuneOptions, tune } from "./tune/experiment.js";
export {
  defaultSpace,
  parseSpace,
  type SearchPlan,
  type SearchSpace,
  search as searchSettings,
  searchPlan,
  summarizeTuning,
  type Trial,
  type TrialRun,
  type TrialSettings,
  type TunedNetwork,
  type Tuning,
} from "./tune/index.js";
export {
  type DataFactor,
  dataFactor,
  type FactorOptions,
  type LearningCurve,
  leastError,
} from "./worth/data-factor.js";
export { type WorthOptions, worth } from "./worth/experiment.js";
export { LADDER, type Rung } from "./worth/ladder.js";
export { worthSentences } from "./worth/sentences.js";
export { worthErrorTable, worthFactorTable } from "./worth/tables.js";
export {
  type HintWorth,
  type LadderCurve,
  type LadderPoint,
  summarizeWorth,
  type Worth,
  type WorthSettings,
} from "./worth/worth.js";
