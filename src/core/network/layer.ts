import type { Shape } from "./shape.js";

/** The kinds of layers by their names. Each file of `layers/` adds its own. */
// biome-ignore lint/suspicious/noEmptyInterface: the files of `layers/` fill it
export interface Layers {}

/** One layer of a network, as plain data. */
export type Layer = Layers[keyof Layers];

/** A tensor that a layer owns, under PyTorch's name and in PyTorch's shape. */
export interface TensorSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** How it starts: uniform in ±bound (PyTorch's default, ±1/√fan-in), or one constant. */
  readonly start: { readonly bound: number } | { readonly value: number };
}

/** What a layer makes of its input, and the tensors that it needs for that. */
export interface Rules {
  /** Shape after the layer. */
  readonly output: Shape;
  /** What training changes. */
  readonly parameters: readonly TensorSpec[];
  /** What evaluation needs beside the parameters: batch norm's running statistics. */
  readonly buffers: readonly TensorSpec[];
}

/** Layers within a layer, which adds up what both make of its input. */
export interface Branches<Each> {
  readonly body: readonly Each[];
  /** Empty for the input itself. */
  readonly shortcut: readonly Each[];
}

/** A layer in its place. */
export interface PlacedLayer extends Rules {
  /**
   * As in PyTorch's state dict: the part, and the index counting every layer of that part, such as `trunk.4`. Parts are
   * `trunk` or, where trunks are separate, `first` and `second`, or `members.0`, `members.1` and so on; and `head`. Within a residual layer the names go on:
   * `trunk.4.body.0`, `trunk.4.shortcut.0`.
   */
  readonly name: string;
  readonly layer: Layer;
  readonly input: Shape;
  /** What a residual layer adds up. */
  readonly branches?: Branches<PlacedLayer>;
}
