import type { OptionalOverrides, TrainingSettings } from "../settings/training-settings.js";
import type { TrainingState } from "./state.js";

/** How `train` trains a network. */
export interface LoopSettings
  extends Pick<TrainingSettings, "epochs" | "batchSize" | "learningRate" | "dropout" | "evaluate">,
    OptionalOverrides {
  /** Default Adam. */
  readonly optimizer?: TrainingSettings["optimizer"];
  /** Goes on after this state's epoch, to the bits that an uninterrupted training has. */
  readonly from?: TrainingState;
}
