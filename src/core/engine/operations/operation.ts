import type { Relation } from "../../data/relations.js";
import type { Layer, PlacedLayer } from "../../network/layer.js";
import type { Activations } from "../activations.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import type { TensorSpace } from "../parameters.js";
import type { Shortcut } from "../shortcuts.js";
import type { ThreadGroup } from "../thread-group.js";

/** One step of a network over a batch, or several layers fused into one. */
export interface Operation {
  readonly output: Activations;
  /** Computes `output.values` from the input's, for the first `examples` examples. */
  forward(examples: number, training: boolean): void;
  /**
   * Call it once after a training-mode `forward`. From `output.gradients` it computes the parameters' gradients and, if the input
   * has gradients, the input's. The parameters' gradients must be 0 before: some operations add to them, some set them.
   */
  backward(examples: number): void;
  /** The studies of the images that a first operation needs. */
  readonly studies?: readonly ImageStudy[];
  /** The operations of a residual layer's branches. */
  readonly branches?: { readonly body: readonly Operation[]; readonly shortcut: readonly Operation[] };
}

/** How the engine runs a kind of layer. */
export interface LayerOperation<Each extends Layer> {
  make(context: BuildContext, placed: Placed<Each>, input: Activations, around: Around): Operation;
  /**
   * Whether threads can divide its examples: an output depends on its own example, and what depends on others, such as moments and
   * gradients of weights, is exchanged by the operation.
   *
   * @param divide  whether it is so for all layers of a branch
   */
  divides?(layer: Each, divide: (branch: readonly Layer[]) => boolean): boolean;
  /** Whether it reads unpadded pixels of images. Other layers work on whole vectors of channels. */
  readonly readsPixels?: true;
  /**
   * The expected share of a gradient that it lets pass to the layer before it: half at a ReLU. Absent where it mixes gradients.
   *
   * @param dropout  the rate of dropout layers that have none of their own
   */
  passes?(layer: Each, dropout: number): number;
}

export type Placed<Each extends Layer> = PlacedLayer & { readonly layer: Each };

/** The surroundings of a layer. */
export interface Around {
  /** The layers after it in its part or branch. */
  readonly next: readonly PlacedLayer[];
  /** The share of the output's gradient that these layers are expected to let pass. */
  readonly passing: number;
  /** Turns the layers of a branch into operations. */
  plan(layers: readonly PlacedLayer[], input: Activations): Operation[];
}

/** A measurement of an image that does not depend on weights. It is made once and serves every batch with the image. */
export interface ImageStudy {
  /** The floats for one image: an even number. */
  readonly floats: number;
  /** Whether only training needs it. */
  readonly forTraining: boolean;
  /** Whether `begin` gets the images of the whole batch, also where threads divide it. */
  readonly ofBatch?: true;
  /** Whether it is worth its time for the next images. */
  readonly pays: boolean;
  /** Measures one of the input's images and writes into zeroed memory. */
  measure(image: number, into: Pointer): void;
  /** Call it before a batch, with the measurements of all images and the images of the batch. */
  begin(measured: Pointer, images: Int32Array): void;
}

export interface BuildContext {
  readonly kernels: KernelSpace;
  readonly tensors: TensorSpace;
  /** The most examples in a batch of this part. */
  readonly examples: number;
  /** The rate of dropout layers that have none of their own. */
  readonly dropout: number;
  /** The state of the dropout stream's four generators: 16 words. */
  readonly dropoutState: Pointer;
  readonly shortcuts: readonly Shortcut[];
  /** Whether training images change from batch to batch. What is measured of an image then serves one batch. */
  readonly changing?: boolean;
  /** 32 zeros from which sums start. */
  readonly zeros: Pointer;
  readonly relation: Relation;
  /** The threads that divide a batch's examples, in layers that they divide. */
  readonly group?: ThreadGroup;
}
