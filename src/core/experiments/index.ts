export type { AblateOptions } from "./ablate/experiment.js";
export type { AblatedCell, Ablation, Effect } from "./ablate/index.js";
export {
  type ArchitectureComparison,
  type ComparedArchitecture,
  type ComparedVariant,
  compareArchitectures,
} from "./compare/comparison.js";
export type { Difference } from "./compare/difference.js";
export type { CompareOptions, ComparisonDocument } from "./compare/experiment.js";
export { type Conclusion, type PaperConclusions, paperConclusions } from "./compare/paper-conclusions.js";
export type { Rise } from "./compare/rising-loss.js";
export type { NamedVariant, Variant, VariantSettings } from "./compare/variants.js";
export { type ExperimentName, experiments } from "./list.js";
export {
  type ReproducedArchitecture,
  type Reproduction,
  summarizeReproduction,
  type Verdict,
} from "./reproduce/reproduction.js";
export type { AllTestPairs, MeasuredRun } from "./shared/all-test-pairs.js";
export type { Apparatus } from "./shared/apparatus.js";
export type { ExperimentContext } from "./shared/context.js";
export type { Curve, Curves } from "./shared/curves.js";
export {
  type Experiment,
  type ExperimentPlan,
  type ExperimentStep,
  type Findings,
  runExperiment,
  type TrainStep,
} from "./shared/experiment.js";
export type { PairedTest } from "./shared/paired-tests.js";
export type { RoundsOptions } from "./shared/round-requests.js";
export type { RoundResult } from "./shared/rounds.js";
export type { Spread } from "./shared/spread.js";
export type { FixedSettings, TuneOptions } from "./tune/experiment.js";
export type { Tuning } from "./tune/index.js";
export {
  type DataFactor,
  dataFactor,
  type FactorOptions,
  type LearningCurve,
  leastError,
} from "./worth/data-factor.js";
export type { WorthOptions } from "./worth/experiment.js";
export { LADDER, type Rung } from "./worth/ladder.js";
export {
  type HintWorth,
  type LadderCurve,
  type LadderPoint,
  summarizeWorth,
  type Worth,
  type WorthSettings,
} from "./worth/worth.js";
