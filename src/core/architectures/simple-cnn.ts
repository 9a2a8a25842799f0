import { dropout, linear, relu } from "../network/index.js";
import { type Architecture, PAPER_CONVOLUTIONS, PAPER_TRAINING } from "./architecture.js";

/** The hint is convolution. The network sees both images as two channels of one image. */
export const simpleCnn: Architecture = {
  name: "simple-cnn",
  title: "simple CNN",
  ...PAPER_TRAINING,
  learningRate: 3e-3,
  trunk: [],
  head: [...PAPER_CONVOLUTIONS, dropout(), linear(256), relu(), linear(2)],
  paper: { trainError: 0.013, trainSd: 0.0236, testError: 0.19, testSd: 0.0325 },
};
