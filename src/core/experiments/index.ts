export type { AblatedCell, Ablation, Effect } from "./ablate/index.js";
export {
  type ArchitectureComparison,
  type ComparedArchitecture,
  type ComparedVariant,
  compareArchitectures,
  type Difference,
  type PairedTest,
  requireDifferent,
  roundDifferences,
} from "./compare/comparison.js";
export { type Conclusion, type PaperConclusions, paperConclusions } from "./compare/paper-conclusions.js";
export type { Rise } from "./compare/rising-loss.js";
export { isShown, testedInBrief } from "./compare/sentence.js";
export { comparisonDivergences, comparisonTables, errorsIn } from "./compare/tables.js";
export { titleOf, titlesOf, type Variant, type VariantSettings } from "./compare/variants.js";
export { differences } from "./reproduce/differences.js";
export {
  type ExperimentContext,
  type ReproducedArchitecture,
  type Reproduction,
  summarizeReproduction,
  type Verdict,
} from "./reproduce/reproduction.js";
export { paperTables } from "./reproduce/tables.js";
export type { AllTestPairs } from "./shared/all-test-pairs.js";
export type { Curve, Curves } from "./shared/curves.js";
export type { RoundResult } from "./shared/rounds.js";
export { sharedSettings } from "./shared/shared-settings.js";
export type { Spread } from "./shared/spread.js";
export { checkReportedSeeds } from "./shared/tuning-seeds.js";
export type { Tuning } from "./tune/index.js";
export {
  type DataFactor,
  dataFactor,
  type FactorOptions,
  type LearningCurve,
  leastError,
} from "./worth/data-factor.js";
export { LADDER, type Rung } from "./worth/ladder.js";
export { worthSentences } from "./worth/sentences.js";
export { worthFactorTable } from "./worth/tables.js";
export {
  type HintWorth,
  type LadderCurve,
  type LadderPoint,
  summarizeWorth,
  type Worth,
  type WorthSettings,
} from "./worth/worth.js";
