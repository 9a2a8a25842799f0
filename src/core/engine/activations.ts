import type { Shape } from "../network/shape.js";
import type { KernelSpace, Pointer } from "./kernels.js";

/** Rounds up to a multiple of `unit`. */
export const roundUp = (value: number, unit: number): number => Math.ceil(value / unit) * unit;

/** What is known of activations of which many have one value: products with those need not be computed one by one. */
export interface Sparsity {
  /** The value that many have. */
  background: number;
  /** The part that has another, in training and in evaluation. */
  training: number;
  evaluation: number;
}

/**
 * The activations between two operations, for every example of a batch: NHWC, each pixel's channels padded to `stride`
 * floats. Padding lanes are zero, in values and gradients alike, and stay so: weights that meet them start at zero and
 * get no gradient.
 */
export interface Activations {
  readonly shape: Shape;
  /** Floats from one pixel to the next. */
  readonly stride: number;
  /** Floats from one example to the next. */
  readonly size: number;
  readonly values: Pointer;
  /** ∂L/∂values, laid out likewise; 0 where nothing flows back. */
  readonly gradients: Pointer;
  /** Where in an example each element stands, elements counted in PyTorch's order (channel, row, column). */
  readonly positions: Int32Array;
  /** For images, set with each batch. Where the background is not 0, the elements lie first and padding behind them. */
  readonly sparsity?: Sparsity;
}

/** The images that a network sees. */
export type Images = Activations & { readonly sparsity: Sparsity };

/** Kernels work on whole tiles of 4 rows (of pairs: 8 of images) and may pass the end by that: rows behind every buffer. */
export const SLACK = 8;

/** Allocates activations for up to `examples` examples, channels padded to a multiple of 8. */
export function allocateActivations(kernels: KernelSpace, shape: Shape, examples: number): Activations {
  const stride = roundUp(shape.channels, 8);
  const size = shape.height * shape.width * stride;
  const room = (examples + SLACK) * size;
  return {
    shape,
    stride,
    size,
    values: kernels.allocate(room),
    gradients: kernels.allocate(room),
    positions: positionsOf(shape, stride),
  };
}

/**
 * Allocates the images that a network sees: no gradient, and channels padded to `stride`, which may be 1. Each image is
 * padded to a multiple of 8 instead, for layers that see it as one vector.
 */
export function allocateImages(kernels: KernelSpace, shape: Shape, stride: number, examples: number): Images {
  const size = roundUp(shape.height * shape.width * stride, 8);
  const values = kernels.allocate((examples + SLACK) * size);
  const sparsity = { background: 0, training: 1, evaluation: 1 };
  return { shape, stride, size, values, gradients: 0, positions: positionsOf(shape, stride), sparsity };
}

/** Allocates activations for the same elements as `input`'s, laid out as they are. */
export function allocateLike(kernels: KernelSpace, input: Activations, examples: number): Activations {
  const { shape, stride, size, positions } = input;
  const room = (examples + SLACK) * size;
  return { shape, stride, size, positions, values: kernels.allocate(room), gradients: kernels.allocate(room) };
}

/** Where each element stands, in the kernels' memory: i32 [elements]. */
export function columnsOf(kernels: KernelSpace, positions: Int32Array): Pointer {
  const columns = kernels.allocate(positions.length);
  kernels.integers(columns, positions.length).set(positions);
  return columns;
}

/** The trunk's outputs for both images of each pair, seen as one vector for each pair: the same memory. */
export function sideBySide(each: Activations): Activations {
  const channels = each.positions.length;
  const positions = new Int32Array(2 * channels);
  positions.set(each.positions);
  for (let f = 0; f < channels; f++) positions[channels + f] = each.size + (each.positions[f] as number);
  const size = 2 * each.size;
  const { values, gradients } = each;
  return { shape: { height: 1, width: 1, channels: 2 * channels }, stride: size, size, values, gradients, positions };
}

function positionsOf({ height, width, channels }: Shape, stride: number): Int32Array {
  const positions = new Int32Array(channels * height * width);
  let element = 0;
  for (let c = 0; c < channels; c++)
    for (let pixel = 0; pixel < height * width; pixel++) positions[element++] = pixel * stride + c;
  return positions;
}
