/**
 * Gradients by hand. What the wasm backend of TensorFlow.js is slow at, or cannot do, is left out:
 *
 * - It has no gradient of a convolution's weights: convolutions are matrix products of patches.
 * - matMul with a transposed argument takes 10 times as long as transposing first.
 * - Its gradient of maxPool, its sums over rows, gather and slice are loops without SIMD: others stand in for them.
 */
import * as tf from "@tensorflow/tfjs";
import { cutPatches } from "../javascript/patches.js";
import { select } from "../javascript/task.js";
import { batchNorm, convolution, firstLinear, linear, maxPool } from "./operations.js";
import { arrangeAll, transposed } from "./weights.js";

const SIDE = 14;
const CLASSES = 10;
const MOMENTUM = 0.1;

/** @returns {(indices: number[]) => tf.Scalar} trains on a batch and gives the loss before */
export function training(task, dropout) {
  const { learningRate } = task;
  const weights = arrangeAll(task, transposed);
  const isRunning = (name) => name.includes(".running_");
  const names = [...weights.keys()].filter((name) => !isRunning(name) && !name.endsWith("num_batches_tracked"));
  const named = new Map(names.map((name) => [name, tf.variable(asMatrix(weights.get(name)))]));
  const running = new Map(
    [...weights.keys()].filter(isRunning).map((name) => [name, tf.variable(asMatrix(weights.get(name)), false)]),
  );
  const optimizer = tf.train.adam(learningRate, 0.9, 0.999, 1e-8);
  const readImages = reader(task);

  return (indices) =>
    tf.tidy(() => {
      const { classes, targets } = select(task, indices);
      const labels = {
        classes: tf.oneHot(tf.tensor1d(classes, "int32"), CLASSES),
        targets: tf.oneHot(tf.tensor1d(targets, "int32"), 2),
      };
      const input = readImages(indices);
      return optimizer.minimize(() => loss(task, input, labels, { named, running, dropout }), true, [
        ...named.values(),
      ]);
    });
}

/** A filter as [patch, out], a vector as one row. */
const asMatrix = ({ shape, data }) => tf.tensor2d(data, [data.length / shape.at(-1), shape.at(-1)]);

function loss({ trunk, head, auxiliaryWeight, batchSize }, input, { classes, targets }, context) {
  const run = (layers, x) => layers.reduce((value, layer) => LAYERS[layer.kind](value, layer, context), x);
  const features = run(trunk, input);
  const losses = [];
  // A mean over pairs, once for each side: both sides together are twice the mean over images.
  if (auxiliaryWeight > 0) losses.push(tf.losses.softmaxCrossEntropy(classes, features).mul(2 * auxiliaryWeight));
  if (head.length > 0) {
    const answer = run(head, trunk.length > 0 ? features.reshape([batchSize, -1]) : features);
    losses.push(tf.losses.softmaxCrossEntropy(targets, answer));
  }
  return tf.addN(losses);
}

const LAYERS = {
  convolution: (x, { name, first }, { named }) => {
    const [weight, bias] = [named.get(`${name}.weight`), named.get(`${name}.bias`)];
    return first ? firstLinear(x, weight, bias) : convolution(x, weight, bias);
  },
  "batch-norm": (x, { name }, { named, running }) => {
    const rows = x.size / x.shape.at(-1);
    const track = (which, value) => {
      const own = running.get(`${name}.${which}`);
      own.assign(own.mul(1 - MOMENTUM).add(value.mul(MOMENTUM)));
    };
    return batchNorm(x, named.get(`${name}.weight`), named.get(`${name}.bias`), (mean, variance) => {
      track("running_mean", mean);
      track("running_var", variance.mul(rows / (rows - 1)));
    });
  },
  "max-pool": (x) => maxPool(x),
  relu: (x) => x.relu(),
  flatten: (x) => x.reshape([x.shape[0], -1]),
  linear: (x, { name }, { named }) => linear(x, named.get(`${name}.weight`), named.get(`${name}.bias`)),
  dropout: (x, _, { dropout }) => (dropout === 0 ? x : x.mul(dropoutMask(x.shape, dropout))),
};

function dropoutMask(shape, rate) {
  const mask = new Float32Array(shape[0] * shape[1]);
  for (let i = 0; i < mask.length; i++) mask[i] = Math.random() < rate ? 0 : 1 / (1 - rate);
  return tf.tensor2d(mask, shape);
}

/** Gives a batch's images, or their patches where the network starts with a convolution. */
function reader(task) {
  const [first] = [...task.trunk, ...task.head];
  if (first.kind !== "convolution")
    return (indices) => tf.tensor2d(select(task, indices).images, [indices.length, 2 * SIDE * SIDE]);
  const { read, side, length } = cutPatches(task, 1);
  return (indices) => {
    const patches = read(indices);
    return tf.tensor4d(patches, [patches.length / (side * side * length), side, side, length]);
  };
}
