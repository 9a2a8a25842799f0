export { type AblatedCell, type Ablation, type Effect, isClear } from "./ablation.js";
export { FACTOR_WORDS, FACTORS, type FactorSettings, hintsOf } from "./factors.js";
export { ablationSentences, effectTitle, tuningSentences } from "./sentences.js";
export { ablationSettings } from "./settings.js";
export { ablationCellsTable, ablationEffectsTable, ablationSettingsTable, cellsByError } from "./tables.js";
