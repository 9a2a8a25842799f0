export { differences } from "./differences.js";
export { duration, percent, printedDigits } from "./format.js";
export {
  type Curve,
  type ExperimentContext,
  type ReproducedArchitecture,
  type Reproduction,
  summarizeReproduction,
  type Verdict,
} from "./reproduction.js";
export { groupRuns, type RunGroup } from "./runs.js";
export { type ConfiguredRun, type Setting, settingsOf, VERDICT_RULE } from "./settings.js";
export { type Spread, spread } from "./spread.js";
export { paperTables, type Table } from "./tables.js";
