import {
  batchNorm,
  convolution,
  globalAveragePool,
  type Layer,
  linear,
  maxPool,
  relu,
  residual,
} from "../network/index.js";
import { type Architecture, PAPER_TRAINING } from "./architecture.js";

const training = { ...PAPER_TRAINING, learningRate: 3e-3 } as const;

/** The basic block of He et al. 2016: two 3×3 convolutions, and ReLU behind the sum. */
function block(channels: number, stride = 1): Layer[] {
  const body = [
    convolution(channels, 3, { stride, padding: 1 }),
    batchNorm(),
    relu(),
    convolution(channels, 3, { padding: 1 }),
    batchNorm(),
  ];
  return [residual(body, stride === 1 ? [] : [convolution(channels, 1, { stride }), batchNorm()]), relu()];
}

/** 32 maps of 7×7, then 64 of 4×4, and of each its mean. */
const features = [
  ...[convolution(32, 3, { padding: 1 }), batchNorm(), maxPool(2), relu()],
  ...[...block(32), ...block(64, 2)],
  globalAveragePool(),
];
const digits = [...features, linear(10)];
const comparison = [linear(64), relu(), linear(2)];

export const resnet: Architecture = {
  name: "resnet",
  title: "ResNet",
  ...training,
  trunk: [],
  head: [...features, ...comparison],
};

export const resnetSharing: Architecture = {
  name: "resnet-sharing",
  title: "ResNet with sharing",
  ...training,
  trunk: digits,
  head: comparison,
};

export const resnetSharingAuxiliary: Architecture = {
  name: "resnet-sharing-auxiliary",
  title: "ResNet with sharing, auxiliary loss",
  ...training,
  trunk: digits,
  head: comparison,
  auxiliaryWeight: 0.5,
};

export const resnetOneByOne: Architecture = {
  name: "resnet-one-by-one",
  title: "ResNet one-by-one",
  ...training,
  trunk: digits,
  head: [],
  auxiliaryWeight: 0.5,
};
