export { type DataFactor, dataFactor, type LearningCurve } from "./data-factor.js";
export { differences } from "./differences.js";
export { factorNumber, factorText } from "./factor-text.js";
export { count, duration, percent, printedDigits } from "./format.js";
export { LADDER, type Rung } from "./ladder.js";
export {
  type Curve,
  type ExperimentContext,
  type ReproducedArchitecture,
  type Reproduction,
  summarizeReproduction,
  type Verdict,
} from "./reproduction.js";
export { type ConfiguredRun, type Setting, settingsOf, VERDICT_RULE } from "./settings.js";
export { type Spread, spread } from "./spread.js";
export { paperTables, type Table } from "./tables.js";
export {
  type CurvePoint,
  type HintWorth,
  type LadderCurve,
  summarizeWorth,
  type Worth,
  type WorthSettings,
} from "./worth.js";
export { worthSentences } from "./worth-sentences.js";
export { errorTable, factorTable } from "./worth-tables.js";
