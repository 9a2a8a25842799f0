/** The network as in TensorFlow.js's guides: layers, and an optimizer that minimises a function. */
import * as tf from "@tensorflow/tfjs";
import { select } from "../javascript/task.js";
import { arrangeAll } from "./weights.js";

const SIDE = 14;
const CLASSES = 10;

/** @returns {(indices: number[]) => tf.Scalar} trains on a batch and gives the loss before */
export function training(task, dropout) {
  const { auxiliaryWeight, learningRate, batchSize } = task;
  const shared = task.trunk.length > 0;
  const flat = (shared ? task.trunk : task.head)[0].kind === "flatten";
  const inputShape = [SIDE, SIDE, shared ? 1 : 2];
  const trunk = shared && tf.sequential({ layers: layersOf(task.trunk, dropout, inputShape) });
  const headShape = shared ? [2 * trunk.outputShape[1]] : flat ? [2, SIDE, SIDE] : inputShape;
  const head = task.head.length > 0 && tf.sequential({ layers: layersOf(task.head, dropout, headShape) });
  const weights = arrangeAll(task);
  for (const [model, layers] of [
    [trunk, task.trunk],
    [head, task.head],
  ])
    layers.forEach(({ name, kind }, index) => {
      const names = WEIGHTS[kind] ?? [];
      model.layers[index].setWeights(names.map((own) => tensorOf(weights.get(`${name}.${own}`))));
    });
  const optimizer = tf.train.adam(learningRate, 0.9, 0.999, 1e-8);

  return (indices) =>
    tf.tidy(() => {
      const batch = select(task, indices);
      const images = imagesOf(batch.images, shared, flat);
      const classes = tf.oneHot(tf.tensor1d(batch.classes, "int32"), CLASSES);
      const targets = tf.oneHot(tf.tensor1d(batch.targets, "int32"), 2);
      return optimizer.minimize(() => {
        const features = shared ? trunk.apply(images, { training: true }) : images;
        const losses = [];
        // A mean over pairs, once for each side: both sides together are twice the mean over images.
        if (auxiliaryWeight > 0) losses.push(tf.losses.softmaxCrossEntropy(classes, features).mul(2 * auxiliaryWeight));
        if (head) {
          const seen = shared ? features.reshape([batchSize, -1]) : features;
          losses.push(tf.losses.softmaxCrossEntropy(targets, head.apply(seen, { training: true })));
        }
        return tf.addN(losses);
      }, true);
    });
}

/** Pairs' images as the network sees them: one by one, or both as channels of one. */
function imagesOf(images, shared, flat) {
  if (shared) return tf.tensor4d(images, [images.length / SIDE ** 2, SIDE, SIDE, 1]);
  const both = tf.tensor4d(images, [images.length / (2 * SIDE ** 2), 2, SIDE, SIDE]);
  return flat ? both : both.transpose([0, 2, 3, 1]);
}

const WEIGHTS = {
  convolution: ["weight", "bias"],
  linear: ["weight", "bias"],
  "batch-norm": ["weight", "bias", "running_mean", "running_var"],
};

const tensorOf = ({ shape, data }) => tf.tensor(data, shape);

const layersOf = (layers, dropout, inputShape) =>
  layers.map((layer, index) => LAYERS[layer.kind](layer, { dropout, ...(index === 0 && { options: { inputShape } }) }));

const LAYERS = {
  convolution: ({ channels, kernel }, { options }) =>
    tf.layers.conv2d({ filters: channels, kernelSize: kernel, ...options }),
  "batch-norm": () => tf.layers.batchNormalization({ momentum: 0.9, epsilon: 1e-5 }),
  "max-pool": ({ size }) => tf.layers.maxPooling2d({ poolSize: size }),
  relu: () => tf.layers.reLU(),
  flatten: (_, { options }) => tf.layers.flatten(options),
  linear: ({ features }, { options }) => tf.layers.dense({ units: features, ...options }),
  dropout: (_, { dropout }) => tf.layers.dropout({ rate: dropout }),
};
