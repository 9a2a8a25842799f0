import { batchNorm, dropout, linear, matching as matchingLayer, relu, scoreDifference } from "../network/index.js";
import { type Architecture, PAPER_CONVOLUTIONS, PAPER_TRAINING } from "./architecture.js";

/** Without the digits' loss: both networks need no classes, only what is so of each pair. */
const TRAINING = { ...PAPER_TRAINING, learningRate: 1e-2, schedule: "one-cycle" } as const;

/**
 * For questions whose answer stays when the images are swapped, such as whether both show the same. Weight sharing's convolutions,
 * and 64 features behind batch norm. Dropout in its place makes more errors on flags; on digits no difference is shown: docs/matching.md.
 */
export const matching: Architecture = {
  name: "matching",
  title: "matching",
  ...TRAINING,
  trunk: [...PAPER_CONVOLUTIONS, linear(64), batchNorm()],
  head: [matchingLayer(), linear(64), relu(), linear(2)],
};

/** For questions of order: each image gets a score, and the second's is above the first's or not. */
export const ranking: Architecture = {
  name: "ranking",
  title: "ranking",
  ...TRAINING,
  trunk: [...PAPER_CONVOLUTIONS, dropout(), linear(64), relu(), linear(1)],
  head: [scoreDifference()],
};
