export { parseSpace, trialOverrides } from "../shared/space.js";
export type { TuneOptions } from "./experiment.js";
export { search, searchPlan, type Trial } from "./search.js";
export { tuningFindings } from "./sentences.js";
export { tuningSettings } from "./settings.js";
export { checkTable, searchedTable, trialsTable } from "./tables.js";
export { chosenTrial, summarizeTuning, type TunedSetting, type Tuning } from "./tuning.js";
