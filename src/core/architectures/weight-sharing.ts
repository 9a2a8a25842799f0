import { linear, relu } from "../network/index.js";
import { type Architecture, PAPER_CONVOLUTIONS, PAPER_TRAINING } from "./architecture.js";

/** The hint is that both images are of the same kind: the same convolutions see each. */
export const weightSharing: Architecture = {
  name: "weight-sharing",
  title: "weight sharing",
  ...PAPER_TRAINING,
  learningRate: 2e-3,
  trunk: PAPER_CONVOLUTIONS,
  head: [linear(128), relu(), linear(2)],
  paper: { trainError: 0.015, trainSd: 0.018, testError: 0.18, testSd: 0.014 },
};
