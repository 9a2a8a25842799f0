export {
  type BinOptions,
  brierScore,
  type CalibrationError,
  calibrationError,
  logLoss,
  type ReliabilityBin,
  reliabilityBins,
} from "./calibration.js";
export {
  type Answers,
  type Confusion,
  confusionOf,
  constantAnswer,
  type DecisionErrors,
  decisionErrors,
  NEAR_CONSTANT,
  probabilitySpread,
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
  rocCorners,
  rocPoints,
  type ThresholdAim,
  type ThresholdRates,
} from "./thresholds.js";
