import { convolution, flatten, linear, maxPool, relu } from "../network/index.js";
import { type Architecture, PAPER_TRAINING } from "./architecture.js";

export const lenet5: Architecture = {
  name: "lenet-5",
  title: "LeNet-5",
  ...PAPER_TRAINING,
  learningRate: 2e-3,
  trunk: [
    convolution(6, 5, { padding: 2 }),
    maxPool(2),
    relu(),
    convolution(16, 5),
    maxPool(2),
    relu(),
    flatten(),
    linear(120),
    relu(),
    linear(84),
    relu(),
    linear(10),
  ],
  head: [linear(200), relu(), linear(200), relu(), linear(2)],
  auxiliaryWeight: 0.5,
};
