import { batchNorm, convolution, dropout, flatten, linear, maxPool, relu } from "../network/index.js";
import { type Architecture, PAPER_TRAINING } from "./architecture.js";

/** The hint is convolution. The network sees both images as two channels of one image. */
export const simpleCnn: Architecture = {
  name: "simple-cnn",
  title: "simple CNN",
  ...PAPER_TRAINING,
  learningRate: 3e-3,
  trunk: [],
  head: [
    convolution(32, 5),
    batchNorm(),
    maxPool(2),
    relu(),
    convolution(64, 2),
    batchNorm(),
    maxPool(2),
    relu(),
    flatten(),
    dropout(),
    linear(256),
    relu(),
    linear(2),
  ],
  paper: { trainError: 0.013, trainSd: 0.0236, testError: 0.19, testSd: 0.0325 },
};
