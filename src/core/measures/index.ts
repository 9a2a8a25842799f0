export {
  type BinOptions,
  brierScore,
  type Calibration,
  type CalibrationError,
  calibrationError,
  logLoss,
  type ReliabilityBin,
  reliabilityBins,
} from "./calibration.js";
export {
  type Answers,
  constantAnswer,
  type DecisionErrors,
  decisionErrors,
  type SwapEffect,
  swapEffect,
} from "./decided.js";
export { drawEpisodes, type EpisodeOptions, type Episodes, episodeAccuracy } from "./episodes.js";
export {
  type AnsweredPairs,
  type PairIntervalOptions,
  type PairIntervals,
  pairIntervals,
} from "./image-bootstrap.js";
export {
  auc,
  chooseThreshold,
  type EqualErrorRate,
  equalErrorRate,
  type RocPoint,
  ratesAt,
  rocPoints,
  type ThresholdAim,
  type ThresholdRates,
} from "./thresholds.js";
