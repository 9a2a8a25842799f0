import type { Shape } from "./shape.js";

/** The kinds of layers, by name. Each file of `layers/` adds its own. */
// biome-ignore lint/suspicious/noEmptyInterface: the files of `layers/` fill it
export interface Layers {}

/** One layer of a network, as plain data. */
export type Layer = Layers[keyof Layers];

/** A tensor that a layer owns, under PyTorch's name and in PyTorch's shape. */
export interface TensorSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** Its starting values: uniform in ±bound (PyTorch's default, ±1/√fan-in), or one constant. */
  readonly start: { readonly bound: number } | { readonly value: number };
}

/** The shape of a layer's output, and the tensors that the layer needs. */
export interface Rules {
  readonly output: Shape;
  /** The tensors that training changes by their gradients. */
  readonly parameters: readonly TensorSpec[];
  /** The other tensors that evaluation needs: batch norm's running statistics. */
  readonly buffers: readonly TensorSpec[];
}

/** Layers within a layer, which adds the outputs of both branches. */
export interface Branches<Each> {
  readonly body: readonly Each[];
  /** Empty where the input itself is added. */
  readonly shortcut: readonly Each[];
}

/** A layer in its place in a network. */
export interface PlacedLayer extends Rules {
  /**
   * As in PyTorch's state dict: the part and the layer's index in it, such as `trunk.4`. The parts are `head` and `trunk`; separate
   * trunks are `first` and `second`, members `members.0`, `members.1` and so on. Layers of a residual layer are
   * `trunk.4.body.0` or `trunk.4.shortcut.0`.
   */
  readonly name: string;
  readonly layer: Layer;
  readonly input: Shape;
  /** The branches of a residual layer. */
  readonly branches?: Branches<PlacedLayer>;
}
