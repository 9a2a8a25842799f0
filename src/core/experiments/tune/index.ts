export { optimizerSettings, optimizersTable } from "../compare/optimizer-tables.js";
export {
  OPTIMIZER_ROUNDS,
  type OptimizerSearch,
  type OptimizerSearches,
  optimizerSearch,
  type TunedOptimizer,
  tunedOptimizer,
  tunedVariant,
} from "../compare/optimizers.js";
export { optimizersFor, type TunedNetwork } from "./dimensions.js";

export { ranked, type SearchPlan, search, searchPlan, type Trial, type TrialRun } from "./search.js";
export { roundsWords, tuningFindings } from "./sentences.js";
export { tuningSettings } from "./settings.js";
export { defaultSpace, overridesOf, parseSpace, type SearchSpace, type TrialSettings } from "./space.js";
export { checkTable, searchedTable, trialsTable } from "./tables.js";
export { type CheckRuns, chosenTrial, summarizeTuning, type TunedSetting, type Tuning } from "./tuning.js";
export { settingsOptions } from "./words.js";
