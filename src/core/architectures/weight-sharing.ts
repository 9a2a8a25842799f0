import { batchNorm, convolution, flatten, linear, maxPool, relu } from "../network/index.js";
import { type Architecture, PAPER_TRAINING } from "./architecture.js";

/** The hint is that both images are of the same kind: the same convolutions see each. */
export const weightSharing: Architecture = {
  name: "weight-sharing",
  title: "weight sharing",
  ...PAPER_TRAINING,
  learningRate: 2e-3,
  trunk: [
    convolution(32, 5),
    batchNorm(),
    maxPool(2),
    relu(),
    convolution(64, 2),
    batchNorm(),
    maxPool(2),
    relu(),
    flatten(),
  ],
  head: [linear(128), relu(), linear(2)],
  paper: { trainError: 0.015, trainSd: 0.018, testError: 0.18, testSd: 0.014 },
};
