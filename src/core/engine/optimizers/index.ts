export { Adam, type AdamOptions } from "./adam.js";
export { clipGradients } from "./clip.js";
export { Lion, type LionOptions } from "./lion.js";
export {
  ADAMW_WEIGHT_DECAY,
  MUON_MOMENTUM,
  makeOptimizer,
  OPTIMIZERS,
  type OptimizerName,
  type OptimizerSettings,
  SGD_MOMENTUM,
} from "./make.js";
export { Muon, type MuonOptions } from "./muon.js";
export type { Optimizer } from "./optimizer.js";
export { Rmsprop, type RmspropOptions } from "./rmsprop.js";
export { Sgd, type SgdOptions } from "./sgd.js";
export { WeightAverage } from "./weight-average.js";
