export { differences } from "./differences.js";
export { duration, percent, printedDigits } from "./format.js";
export {
  type Curve,
  type ReproducedArchitecture,
  type Reproduction,
  type Spread,
  summarizeReproduction,
  type Verdict,
} from "./reproduction.js";
export { groupRuns, type RunGroup } from "./runs.js";
export { type ConfiguredRun, type Setting, settingsOf } from "./settings.js";
export { paperTables, type Table } from "./tables.js";
