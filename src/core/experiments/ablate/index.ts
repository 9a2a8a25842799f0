export { type AblatedCell, type Ablation, type ChosenSettings, choicesOf, type Effect, isClear } from "./ablation.js";
export { FACTOR_WORDS, FACTORS, type FactorSettings, hintsOf } from "./factors.js";
export { ablationSentences, effectTitle, tuningSentences } from "./sentences.js";
export { ablationSettings } from "./settings.js";
export {
  ablationCellsTable,
  ablationEffectsTable,
  ablationSettingsTables,
  ablationVarianceTables,
  cellsByError,
} from "./tables.js";
