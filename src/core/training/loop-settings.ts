import type { ThreadGroup } from "../engine/thread-group.js";
import type { NamedTensor } from "../formats/index.js";
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
  /**
   * Tensors that training starts from, in PyTorch's names, shapes and element order: running statistics are among them. Those that are
   * not here start as the seed says. They have no effect beside `from`.
   */
  readonly start?: readonly NamedTensor[];
  /** The threads that run this training together, of which this is one. The result has the same bits as without. */
  readonly group?: ThreadGroup;
}
