export type { AblateOptions } from "./ablate/experiment.js";
export type { Ablation } from "./ablate/index.js";
export type { ComparisonDocument } from "./compare/experiment.js";
export type { CompareOptions } from "./compare/options.js";
export { deviationsFromPlan, type ReportedComparison } from "./compare/plan-deviations.js";
export { plannedOptions } from "./compare/planned-options.js";
export { sealPlan } from "./compare/seal-plan.js";
export { type PlannedArchitecture, readPlan, type SealedPlan } from "./compare/sealed-plan.js";
export type { NamedVariant } from "./compare/variants.js";
export { type ExperimentName, experiments } from "./list.js";
export type { Reproduction } from "./reproduce/reproduction.js";
export type { MeasuredRun } from "./shared/all-test-pairs.js";
export type { Apparatus } from "./shared/apparatus.js";
export {
  type Experiment,
  type ExperimentStep,
  type Findings,
  runExperiment,
  type TrainStep,
} from "./shared/experiment.js";
export type { RoundsOptions } from "./shared/round-requests.js";
export type { TuneOptions } from "./tune/experiment.js";
export type { Tuning } from "./tune/index.js";
export type { VarianceOptions } from "./variance/experiment.js";
export type { Variance } from "./variance/variance.js";
export type { WorthOptions } from "./worth/experiment.js";
export type { Worth } from "./worth/worth.js";
