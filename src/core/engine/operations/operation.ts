import type { Activations } from "../activations.js";
import type { Kernels, Pointer } from "../kernels.js";
import type { TensorSpace } from "../parameters.js";
import type { Shortcut } from "../shortcuts.js";
import type { PatchMoments } from "./patch-moments.js";

/** One step of a network over a batch, or several layers fused into one. */
export interface Operation {
  readonly output: Activations;
  /** Computes `output.values` from the input's, for the first `examples` examples. */
  forward(examples: number, training: boolean): void;
  /**
   * After a training-mode `forward`: computes the input's gradients from `output.gradients`, where the input wants
   * them, and adds the parameters' gradients to theirs.
   */
  backward(examples: number): void;
  /** What a first operation wants to know of the batch's images before `backward`, if anything. */
  readonly moments?: PatchMoments;
}

/** What an operation is made with. */
export interface Workshop {
  readonly kernels: Kernels;
  readonly tensors: TensorSpace;
  /** The most examples that one batch of this part may hold. */
  readonly examples: number;
  /** Dropout's rate where the layer has none. */
  readonly dropout: number;
  /** State of the dropout stream's four generators: 16 words. */
  readonly dropoutState: Pointer;
  readonly shortcuts: readonly Shortcut[];
  /** 32 zeros, to start a sum from. */
  readonly zeros: Pointer;
}
