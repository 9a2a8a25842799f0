/**
 * Images as [N, H, W, C]; a convolution is a matrix product of patches. Those of the images are cut beforehand. Their length
 * is padded to a multiple of 4, since jax-js multiplies other lengths one number at a time.
 */
import { numpy as np } from "@jax-js/jax";
import { cutPatches } from "../javascript/patches.js";
import { select } from "../javascript/task.js";

const SIDE = 14;
const LANES = 4;

export const axes = [0, 1, 2];
export const channelShape = [-1];

/** Gives a batch's images, or their patches where the network starts with a convolution. */
export function reader(task) {
  const [first] = [...task.trunk, ...task.head];
  if (first.kind !== "convolution")
    return (indices) => np.array(select(task, indices).images).reshape([-1, 2 * SIDE * SIDE]);
  const { read, side, length } = cutPatches(task, LANES);
  return (indices) => np.array(read(indices)).reshape([-1, side, side, length]);
}

export const input = (images) => images;

/** A convolution's weights [out, in, kernel, kernel] as the matrix [patch, out], a linear layer's [out, in] as [in, out]. */
export function arrange({ shape, data }) {
  if (shape.length < 2) return { shape, data };
  const [outputs, inputs, kernel = 1] = shape;
  const area = kernel * kernel;
  const rows = shape.length === 4 ? LANES * Math.ceil((area * inputs) / LANES) : inputs;
  const matrix = new Float32Array(rows * outputs);
  for (let output = 0; output < outputs; output++)
    for (let channel = 0; channel < inputs; channel++)
      for (let at = 0; at < area; at++)
        matrix[(at * inputs + channel) * outputs + output] = data[(output * inputs + channel) * area + at];
  return { shape: [rows, outputs], data: matrix };
}

export const linear = (x, weight, bias) => np.matmul(x, weight).add(bias);

export function convolution(x, weight, bias, { kernel, first }) {
  const patches = first ? x : gatherPatches(x, kernel);
  const [count, rows, columns, length] = patches.shape;
  const [, outputs] = weight.shape;
  return np
    .matmul(patches.reshape([-1, length]), weight)
    .add(bias)
    .reshape([count, rows, columns, outputs]);
}

function gatherPatches(x, kernel) {
  const [, height, width] = x.shape;
  const slices = [];
  for (let row = 0; row < kernel; row++)
    for (let column = 0; column < kernel; column++)
      slices.push(x.ref.slice([], [row, row + height - kernel + 1], [column, column + width - kernel + 1], []));
  x.dispose();
  return np.concatenate(slices, 3);
}

export function maxPool(x) {
  const [count, height, width, channels] = x.shape;
  const rows = x.reshape([count, height / 2, 2, width, channels]);
  const tall = np
    .maximum(rows.ref.slice([], [], 0), rows.slice([], [], 1))
    .reshape([count, height / 2, width / 2, 2, channels]);
  return np.maximum(tall.ref.slice([], [], [], 0), tall.slice([], [], [], 1));
}

export const flatten = (x) => (x.ndim === 2 ? x : x.transpose([0, 3, 1, 2]).reshape([x.shape[0], -1]));

/** Operations of one step wait together: reading the loss runs them all, without the promises of blockUntilReady. */
export const settle = ([loss]) => loss.ref.dataSync();
