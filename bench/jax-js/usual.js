/** Images as [N, C, H, W], and jax-js's own convolution. */
import { blockUntilReady, lax, numpy as np } from "@jax-js/jax";
import { select } from "../javascript/task.js";

const SIDE = 14;

export const axes = [0, 2, 3];
export const channelShape = [1, -1, 1, 1];

/** Gives a batch's images. */
export const reader = (task) => (indices) => np.array(select(task, indices).images);

export const input = (images, channels) => images.reshape([-1, channels, SIDE, SIDE]);

/** Weights lie as in PyTorch. */
export const arrange = (tensor) => tensor;

export const linear = (x, weight, bias) => np.matmul(x, weight.transpose()).add(bias);

export const convolution = (x, weight, bias) =>
  lax.convGeneralDilated(x, weight, [1, 1], "VALID").add(bias.reshape(channelShape));

export const maxPool = (x) => lax.reduceWindow(x, np.max, [2, 2], [2, 2]);

export const flatten = (x) => x.reshape([x.shape[0], -1]);

/** Waits for a step's results: its manual advises it, and operations that wait make each further step slower. */
export const settle = (results) => blockUntilReady(results);
