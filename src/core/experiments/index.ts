export { differences } from "./differences.js";
export {
  type Curve,
  type ReproducedArchitecture,
  type Reproduction,
  type Spread,
  summarizeReproduction,
  type Verdict,
} from "./reproduction.js";
export { type ConfiguredRun, type Setting, settingsOf } from "./settings.js";
export { paperTables, type Table, VERDICT_WORDS } from "./tables.js";
