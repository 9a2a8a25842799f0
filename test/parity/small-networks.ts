import type { Architecture } from "../../src/core/architectures/index.js";
import {
  averagePool,
  batchNorm,
  convolution,
  flatten,
  globalAveragePool,
  linear,
  maxPool,
  relu,
  residual,
} from "../../src/core/network/index.js";

const settings = {
  epochs: 1,
  batchSize: 8,
  learningRate: 3e-3,
  optimizer: "adam",
  dropout: 0,
  auxiliaryWeight: 0.5,
} as const;

const same = [
  ...[convolution(8, 3, { padding: 1 }), batchNorm(), relu()],
  ...[convolution(8, 3, { padding: 1 }), batchNorm()],
];
const halving = [
  ...[convolution(12, 3, { stride: 2, padding: 1 }), batchNorm(), relu()],
  ...[convolution(12, 3, { padding: 1 }), batchNorm()],
];

const smallResnet: Architecture = {
  name: "small-resnet",
  title: "a small ResNet",
  ...settings,
  trunk: [
    ...[convolution(8, 5), batchNorm(), maxPool(2), relu()],
    ...[residual(same), relu(), residual(halving, [convolution(12, 1, { stride: 2 }), batchNorm()]), relu()],
    residual([residual([convolution(12, 1), batchNorm()]), relu()]),
    ...[globalAveragePool(), flatten(), linear(10)],
  ],
  head: [linear(16), residual([relu(), linear(16)]), linear(2)],
};

const pools: Architecture = {
  name: "pools",
  title: "pools that overlap, lie apart and reach over padding",
  ...settings,
  trunk: [
    ...[convolution(6, 3), maxPool(3, { stride: 2, padding: 1 }), relu(), averagePool(3, { stride: 1, padding: 1 })],
    ...[convolution(9, 2), maxPool(2, { stride: 1 }), relu(), averagePool(2), flatten(), linear(10)],
  ],
  head: [linear(2)],
};

/** Networks of layers that no architecture of the paper has; networks.py is the twin. */
export const smallNetworks: readonly Architecture[] = [
  smallResnet,
  { ...smallResnet, name: "small-resnet-separate", trunks: "separate" },
  pools,
];
