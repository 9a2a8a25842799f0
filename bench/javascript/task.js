/** What a peer in JavaScript is given: a network as data, its weights, and the training pairs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const SIDE = 14;

/**
 * @typedef {{ shape: number[], data: Float32Array | Int32Array }} Tensor
 * @typedef {{ kind: string, name: string, channels?: number, kernel?: number, size?: number, features?: number, first: boolean }} Layer
 *     a layer of docs/library.md, with its name in the weights, such as `trunk.4`, and whether it is its part's `first`
 * @typedef {object} Task
 * @property {Layer[]} trunk
 * @property {Layer[]} head
 * @property {number} auxiliaryWeight
 * @property {number} learningRate
 * @property {number} dropout
 * @property {number} batchSize  pairs
 * @property {number} count  training pairs
 * @property {Float32Array} images  [count, 2, 14, 14], scaled
 * @property {Int32Array} classes  [count, 2]
 * @property {Int32Array} targets  [count]
 * @property {Map<string, Tensor>} weights  by PyTorch's names, in PyTorch's order of elements
 */

/** @returns {Task} */
export function readTask(folder, architecture) {
  const { tensors: weights, metadata } = readSafetensors(join(folder, `${architecture}.safetensors`));
  const { tensors: pairs } = readSafetensors(join(folder, "pairs.safetensors"));
  const network = JSON.parse(readFileSync(join(folder, `${architecture}.json`), "utf8"));
  const named = (part) =>
    network[part].map((layer, index) => ({ ...layer, name: `${part}.${index}`, first: index === 0 }));
  const [mean, deviation] = [Number(metadata.pixel_mean), Number(metadata.pixel_standard_deviation)];
  const { auxiliaryWeight = 0, learningRate, dropout, batchSize } = network;
  return {
    trunk: named("trunk"),
    head: named("head"),
    auxiliaryWeight,
    learningRate,
    dropout,
    batchSize,
    count: pairs.get("train_target").data.length,
    images: pairs.get("train_input").data.map((pixel) => (pixel - mean) / deviation),
    classes: pairs.get("train_classes").data,
    targets: pairs.get("train_target").data,
    weights,
  };
}

/** Some of the pairs, one after the other: images [n, 2, 14, 14], classes [n, 2], targets [n]. */
export function select({ images, classes, targets }, indices) {
  const size = 2 * SIDE * SIDE;
  const chosen = {
    images: new Float32Array(indices.length * size),
    classes: new Int32Array(2 * indices.length),
    targets: new Int32Array(indices.length),
  };
  indices.forEach((index, i) => {
    chosen.images.set(images.subarray(index * size, (index + 1) * size), i * size);
    chosen.classes.set(classes.subarray(2 * index, 2 * index + 2), 2 * i);
    chosen.targets[i] = targets[index];
  });
  return chosen;
}

/** An epoch's batches: indices in a new order. */
export function shuffledBatches({ count, batchSize }) {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return Array.from({ length: count / batchSize }, (_, i) => order.slice(i * batchSize, (i + 1) * batchSize));
}

/** The batch whose loss is checked. */
export const firstBatch = ({ batchSize }) => Array.from({ length: batchSize }, (_, index) => index);

/** Floats, and whole numbers as 32-bit ones. */
function readSafetensors(path) {
  const file = readFileSync(path);
  const length = Number(file.readBigUInt64LE(0));
  const { __metadata__: metadata = {}, ...header } = JSON.parse(file.toString("utf8", 8, 8 + length));
  const tensors = new Map(
    Object.entries(header).map(
      ([
        name,
        {
          dtype,
          shape,
          data_offsets: [start, end],
        },
      ]) => {
        const bytes = new Uint8Array(file.subarray(8 + length + start, 8 + length + end));
        const data =
          dtype === "F32" ? new Float32Array(bytes.buffer) : Int32Array.from(new BigInt64Array(bytes.buffer), Number);
        return [name, { shape, data }];
      },
    ),
  );
  return { tensors, metadata };
}
