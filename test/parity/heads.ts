import { type Architecture, PAPER_TRAINING } from "../../src/core/architectures/architecture.js";
import {
  absoluteDifference,
  convolution,
  cosine,
  difference,
  flatten,
  type Layer,
  linear,
  matching,
  maxPool,
  normalize,
  product,
  relu,
  scoreDifference,
  squaredDistance,
} from "../../src/core/network/index.js";

const features = [convolution(4, 5), maxPool(2), relu(), flatten(), linear(6), relu()];

const comparing = (name: string, head: readonly Layer[], trunk: readonly Layer[] = features): Architecture => ({
  ...{ ...PAPER_TRAINING, name, title: name, learningRate: 3e-3, trunk, head },
});

/** A small network of each layer that compares two images' features; networks.py is the twin. */
export const heads: readonly Architecture[] = [
  comparing("small-difference", [difference(), linear(2)]),
  comparing("small-absolute-difference", [absoluteDifference(), linear(2)]),
  comparing("small-product", [product(), linear(2)]),
  comparing("small-matching", [matching(), linear(2)]),
  comparing("small-normalize", [normalize(), linear(2)]),
  comparing("small-cosine", [cosine()]),
  comparing("small-squared-distance", [squaredDistance()]),
  comparing("small-score-difference", [scoreDifference()], [...features, linear(1)]),
];
