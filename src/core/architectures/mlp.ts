import { flatten, linear, relu } from "../network/index.js";
import { type Architecture, PAPER_TRAINING } from "./architecture.js";

/** A network without any hint. It sees both images as one vector of 392 pixels. */
export const mlp: Architecture = {
  name: "mlp",
  title: "MLP",
  ...PAPER_TRAINING,
  learningRate: 2e-3,
  trunk: [],
  head: [flatten(), linear(200), relu(), linear(50), relu(), linear(20), relu(), linear(2)],
  paper: { trainError: 0.0016, trainSd: 0.0025, testError: 0.195, testSd: 0.01 },
};
