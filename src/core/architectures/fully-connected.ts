import { batchNorm, dropout, flatten, linear, relu } from "../network/index.js";
import { type Architecture, PAPER_TRAINING } from "./architecture.js";

/**
 * trunk+batch-norm+dropout without convolution: in place of its two convolutions with their pools are two fully connected layers, each with
 * 256 outputs, which is how many numbers the second convolution passes on: 64 · 2 · 2. Everything else is the same.
 */
export const fullyConnected: Architecture = {
  name: "fully-connected",
  title: "fully connected",
  ...PAPER_TRAINING,
  learningRate: 3e-3,
  trunk: [
    flatten(),
    linear(256),
    batchNorm(),
    relu(),
    linear(256),
    batchNorm(),
    relu(),
    linear(128),
    dropout(),
    relu(),
    linear(10),
  ],
  head: [linear(200), dropout(), relu(), linear(200), dropout(), relu(), linear(2)],
  trunks: "separate",
};
