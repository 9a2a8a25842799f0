export { type Schedule, scheduledRate } from "../settings/schedules.js";
export type { SettingOverrides, TrainingSettings } from "../settings/training-settings.js";
export type { Divergence } from "./divergence.js";
export { type GivenWeights, givenWeights, type StartedJob, startFrom } from "./given-weights.js";
export { type GroupSize, groupSize } from "./group-size.js";
export {
  type DatasetIdentity,
  type EngineIdentity,
  type Job,
  makeJob,
  type RunConfig,
  type ShapedDataset,
  type StartingWeights,
} from "./job.js";
export type { LoopSettings } from "./loop-settings.js";
export { type RunRecordJson, recordFromJson } from "./record-json.js";
export {
  type FinishedRun,
  pairsOfJob,
  type RunRecord,
  type RunStep,
  type RunSummary,
  runJob,
} from "./run.js";
export type { ProcessorClock, RunTimes } from "./run-times.js";
export type { TrainingState } from "./state.js";
export { fixedStreams, type StreamName } from "./stream-seeds.js";
export { type EpochEvent, type EpochResult, type TrainingEvent, type TrainingResult, train } from "./train.js";
export { type Abortable, type TrainAsyncOptions, trainAsync } from "./train-async.js";
export { type RunWeights, type TrainedNetworkOptions, trainedNetwork } from "./trained-network.js";
export { encodeWeights, readWeights, type TrainedNetwork } from "./weights.js";
