import { flat, type Shape } from "../network/shape.js";
import type { KernelSpace, Pointer } from "./kernels.js";

/** Rounds up to a multiple of `unit`. */
export const roundUp = (value: number, unit: number): number => Math.ceil(value / unit) * unit;

/** Activations many of which have the same value. Products with that value need not be computed one by one. */
export interface Sparsity {
  /** The value that many have. */
  background: number;
  /** The share that has another value, in training and in evaluation. */
  training: number;
  evaluation: number;
}

/**
 * What an operation leaves to the convolution behind it, a group of images at a time: its values are computed right before they are read,
 * and their gradients are taken right after they are computed, while both are in the cache.
 */
export interface Handover {
  /** Computes the values of `images` images from `first` on. Call it for every group in the forward pass. */
  values(first: number, images: number): void;
  /** Takes their gradients. Call it for every group on the way back, the first image first. */
  gradients(first: number, images: number): void;
}

/**
 * The activations between two operations, for every example of a batch: NHWC, each pixel's channels padded to `stride`
 * floats. Padding is always zero, in values and in gradients, because its weights start at zero and get no gradient.
 */
export interface Activations {
  readonly shape: Shape;
  /** Floats from one pixel to the next. */
  readonly stride: number;
  /** Floats from one example to the next. */
  readonly size: number;
  readonly values: Pointer;
  /** ∂L/∂values, laid out like the values; 0 where nothing flows back. */
  readonly gradients: Pointer;
  /** The place of each element in an example. Elements are counted in PyTorch's order (channel, row, column). */
  readonly positions: Int32Array;
  /** It is set with each batch if these are images. Where the background is not 0, all padding follows the elements. */
  readonly sparsity?: Sparsity;
  /** Where the reader computes the values, by this. Otherwise they are there after the `forward` of the operation that they come from. */
  readonly handover?: Handover;
}

/** The images that a network sees. */
export type Images = Activations & { readonly sparsity: Sparsity };

/** Rows after every buffer. Kernels work on tiles of 4 rows (of pairs: 8 rows of images) and may write beyond the end. */
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
 * Allocates the images that a network sees. They have no gradient. Channels are padded to `stride`, which may be 1. Each image is
 * padded to a multiple of 8, for layers that see it as one vector.
 */
export function allocateImages(kernels: KernelSpace, shape: Shape, stride: number, examples: number): Images {
  const size = roundUp(shape.height * shape.width * stride, 8);
  const values = kernels.allocate((examples + SLACK) * size);
  const sparsity = { background: 0, training: 1, evaluation: 1 };
  return { shape, stride, size, values, gradients: 0, positions: positionsOf(shape, stride), sparsity };
}

/** Allocates activations with the elements and the layout of `input`. */
export function allocateLike(kernels: KernelSpace, input: Activations, examples: number): Activations {
  const { shape, stride, size, positions } = input;
  const room = (examples + SLACK) * size;
  return { shape, stride, size, positions, values: kernels.allocate(room), gradients: kernels.allocate(room) };
}

/** Copies positions into the kernels' memory: i32 [elements]. */
export function columnsOf(kernels: KernelSpace, positions: Int32Array): Pointer {
  const columns = kernels.allocate(positions.length);
  kernels.integers(columns, positions.length).set(positions);
  return columns;
}

/** A view of the trunk's outputs in which both images of a pair are one vector. */
export function sideBySide(each: Activations): Activations {
  const positions = pairPositions(each);
  const size = 2 * each.size;
  const { values, gradients } = each;
  return { shape: flat(positions.length), stride: size, size, values, gradients, positions };
}

/** The positions of two examples' elements, where the second example follows the first. */
export const pairPositions = ({ positions, size }: Activations): Int32Array =>
  Int32Array.from([...positions, ...positions.map((position) => position + size)]);

function positionsOf({ height, width, channels }: Shape, stride: number): Int32Array {
  const positions = new Int32Array(channels * height * width);
  let element = 0;
  for (let c = 0; c < channels; c++)
    for (let pixel = 0; pixel < height * width; pixel++) positions[element++] = pixel * stride + c;
  return positions;
}
