export {
  type DatasetIdentity,
  type EngineIdentity,
  type Job,
  makeJob,
  type RunConfig,
  type SettingOverrides,
} from "./config.js";
export { type FinishedRun, type RunRecord, type RunSummary, runJob } from "./run.js";
export type { TrainingSettings } from "./settings.js";
export { type EpochEvent, type EpochResult, type LoopSettings, type TrainedNetwork, train } from "./train.js";
export { encodeWeights } from "./weights.js";
