import type { OptionalOverrides, TrainingSettings } from "../settings/training-settings.js";
import type { TrainingState } from "./state.js";

/** The settings of `train`. */
export interface LoopSettings
  extends Pick<TrainingSettings, "epochs" | "batchSize" | "learningRate" | "dropout" | "evaluate">,
    OptionalOverrides {
  /** Default "adam". */
  readonly optimizer?: TrainingSettings["optimizer"];
  /** The state to continue from. The result has the same bits as an uninterrupted training's. */
  readonly from?: TrainingState;
}
