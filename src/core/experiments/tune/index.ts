export { DIMENSIONS, type Dimension, optimizersFor, type TunedNetwork } from "./dimensions.js";
export { type Domain, domainWords, type SettingValue } from "./domain.js";
export { type TuneOptions, tune } from "./experiment.js";
export { type SearchPlan, search, searchPlan, type Trial, type TrialRun } from "./search.js";
export { roundsWords, tuningFindings } from "./sentences.js";
export { tuningSettings } from "./settings.js";
export { defaultSpace, parseSpace, type SearchSpace, type TrialSettings, trialOverrides } from "./space.js";
export { checkTable, searchedTable, trialsTable } from "./tables.js";
export {
  type CheckRuns,
  chosenTrial,
  summarizeTuning,
  type TriedSettings,
  type TunedSetting,
  type Tuning,
  type TuningCheck,
} from "./tuning.js";
export { settingsWords, wordsOf } from "./words.js";
