import type { Relation } from "../../data/relations.js";
import type { Layer, PlacedLayer } from "../../network/layer.js";
import type { Activations } from "../activations.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import type { TensorSpace } from "../parameters.js";
import type { Shortcut } from "../shortcuts.js";

/** One step of a network over a batch, or several layers fused into one. */
export interface Operation {
  readonly output: Activations;
  /** Computes `output.values` from the input's, for the first `examples` examples. */
  forward(examples: number, training: boolean): void;
  /**
   * Once after a training-mode `forward`: computes the input's gradients from `output.gradients`, where the input wants them, and
   * the parameters' gradients. In the places of these is 0 before: whether they are added there or put, they are the batch's.
   */
  backward(examples: number): void;
  /** What a first operation wants to know of the images. */
  readonly studies?: readonly ImageStudy[];
  /** Of a residual layer: the operations of what it adds up. */
  readonly branches?: { readonly body: readonly Operation[]; readonly shortcut: readonly Operation[] };
}

/** What the engine makes of a kind of layer. */
export interface LayerOperation<Each extends Layer> {
  make(context: BuildContext, placed: Placed<Each>, input: Activations, around: Around): Operation;
  /** It reads the pixels of images as they are; other layers work on whole vectors of channels. */
  readonly readsPixels?: true;
  /**
   * The part of a gradient that it lets pass to what is before it, seen from a linear layer there: half of it at a ReLU. Absent
   * where it mixes what it gets.
   *
   * @param dropout  the rate of layers that have none
   */
  passes?(layer: Each, dropout: number): number;
}

/** A layer of a certain kind in its place. */
export type Placed<Each extends Layer> = PlacedLayer & { readonly layer: Each };

/** What is around a layer. */
export interface Around {
  /** The layers behind it, of its part or branch. */
  readonly next: readonly PlacedLayer[];
  /** The part of the output's gradient that these are expected to let pass. */
  readonly passing: number;
  /** Turns the layers of a branch into operations. */
  plan(layers: readonly PlacedLayer[], input: Activations): Operation[];
}

/** Something about an image that no weight changes: it is measured once, and serves every batch that the image is in. */
export interface ImageStudy {
  /** Floats for one image, an even number. */
  readonly floats: number;
  /** Whether training alone wants it. */
  readonly forTraining: boolean;
  /** Whether it is worth making of the images that come next. */
  readonly pays: boolean;
  /** Studies one of the input's images, writing into zeroed memory. */
  measure(image: number, into: Pointer): void;
  /** Before a batch: where all images were measured, and which of them the batch consists of. */
  begin(measured: Pointer, images: Int32Array): void;
}

/** What an operation is made with. */
export interface BuildContext {
  readonly kernels: KernelSpace;
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
  /** What is asked about a pair of classes. */
  readonly relation: Relation;
}
