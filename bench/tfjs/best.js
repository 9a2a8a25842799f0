/**
 * Everything as matrices of rows × channels, with gradients by hand. What TensorFlow.js's wasm backend is slow at, or
 * cannot do, is left out:
 *
 * - It has no gradient of a convolution's weights, and a slow one of its input: convolutions are matrix products of patches.
 * - matMul with a transposed argument is 10 times slower than transposing first.
 * - The gradient of maxPool is slow: rows stand window position by window position, so that a window is four slices.
 * - Adam takes 14 small operations for each tensor: all parameters are one.
 */
import * as tf from "@tensorflow/tfjs";
import { select } from "../javascript/task.js";
import { batchNorm, convolution, firstLinear, linear, maxPool } from "./operations.js";
import { cutPatches, patchPlan } from "./patches.js";
import { arrangeAll } from "./weights.js";

const SIDE = 14;
const CLASSES = 10;
const MOMENTUM = 0.1;

/** @returns {(indices: number[]) => tf.Scalar} trains on a batch and gives the loss before */
export function training(task, dropout) {
  const { trunk, head, batchSize, learningRate } = task;
  const weights = arrangeAll(task);
  const names = [...weights.keys()].filter((name) => !/running_|num_batches/.test(name));
  const flat = tf.variable(tf.concat(names.map((name) => tf.tensor1d(weights.get(name).data))));
  const running = new Map(
    [...weights]
      .filter(([name]) => /running_/.test(name))
      .map(([name, { data }]) => [name, tf.variable(tf.tensor2d(data, [1, data.length]))]),
  );
  const optimizer = tf.train.adam(learningRate, 0.9, 0.999, 1e-8);
  const readImages = reader(task);
  const images = trunk.length > 0 ? 2 * batchSize : batchSize;
  const plan = trunk.concat(head)[0].kind === "convolution" && patchPlan(images);

  return (indices) =>
    tf.tidy(() => {
      const { classes, targets } = select(task, indices);
      const labels = {
        classes: tf.oneHot(tf.tensor1d(classes, "int32"), CLASSES),
        targets: tf.oneHot(tf.tensor1d(targets, "int32"), 2),
      };
      const input = readImages(indices);
      const lossOf = (...parameters) => {
        const named = new Map(names.map((name, i) => [name, parameters[i]]));
        return loss(task, input, labels, { named, running, dropout, plan });
      };
      const { value, grads } = tf.valueAndGrads(lossOf)(unpack(flat, names, weights));
      optimizer.applyGradients({ [flat.name]: tf.concat(grads.map((gradient) => gradient.flatten())) });
      return value;
    });
}

function unpack(flat, names, weights) {
  const sizes = names.map((name) => weights.get(name).data.length);
  return tf.split(flat, sizes).map((piece, i) => piece.reshape(shapeOf(weights.get(names[i]).shape)));
}

/** Matrices all: a filter as [patch, out], a vector as one row. */
const shapeOf = (shape) => [shape.slice(0, -1).reduce((product, size) => product * size, 1), shape.at(-1)];

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
  convolution: (x, { name, first }, { named, plan }) => {
    const [weight, bias] = [named.get(`${name}.weight`), named.get(`${name}.bias`)];
    return first ? firstLinear(x, weight, bias) : convolution(x, weight, bias, plan);
  },
  "batch-norm": (x, { name }, { named, running }) => {
    const rows = x.shape[0];
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
  flatten: (x, { first }, { plan }) => (first ? x : x.reshape([plan.images, -1])),
  linear: (x, { name }, { named }) => linear(x, named.get(`${name}.weight`), named.get(`${name}.bias`)),
  dropout: (x, _, { dropout }) => (dropout === 0 ? x : x.mul(dropoutMask(x.shape, dropout))),
};

function dropoutMask(shape, rate) {
  const mask = new Float32Array(shape[0] * shape[1]);
  for (let i = 0; i < mask.length; i++) mask[i] = Math.random() < rate ? 0 : 1 / (1 - rate);
  return tf.tensor2d(mask, shape);
}

/** Gives a batch's images as rows, or their patches where the network starts with a convolution. */
function reader(task) {
  const { trunk, head, count, images } = task;
  const [first] = [...trunk, ...head];
  if (first.kind !== "convolution")
    return (indices) => tf.tensor2d(select(task, indices).images, [indices.length, 2 * SIDE * SIDE]);
  return cutPatches(images, count, trunk.length > 0 ? 1 : 2, first.kernel);
}
