import { type Architecture, PAPER_TRAINING } from "../../src/core/architectures/architecture.js";
import {
  convolution,
  flatten,
  gelu,
  groupNorm,
  layerNorm,
  leakyRelu,
  linear,
  ordinal,
  silu,
  softmax,
} from "../../src/core/network/index.js";

/** Of the layers and losses that no architecture has; `smooth` in networks.py is its twin. */
export const smooth: Architecture = {
  ...PAPER_TRAINING,
  name: "smooth",
  title: "Smooth layers",
  trunk: [
    ...[convolution(6, 5), groupNorm(3), gelu(), convolution(10, 3, { stride: 2 }), silu(), flatten()],
    ...[linear(24), layerNorm(), leakyRelu(0.125), linear(10)],
  ],
  head: [softmax(2), ordinal()],
  learningRate: 2e-3,
  auxiliaryWeight: 0.5,
  pairWeight: 0.75,
  labelSmoothing: 0.1,
  views: "shifts",
};
