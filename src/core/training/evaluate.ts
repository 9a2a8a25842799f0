import { type LabelledImages, samplePairSet } from "../data/index.js";
import type { Kernels } from "../engine/index.js";
import { InvalidRequest } from "../errors.js";
import type { FinishedRun } from "./run.js";
import { modelOptions } from "./train.js";
import { readWeights } from "./weights.js";

/** How often a trained network is wrong. */
export interface RunEvaluation {
  readonly pairs: number;
  /** Fraction of these pairs. */
  readonly testError: number;
}

/** How many pairs test images make, no image twice. */
export const allTestPairs = ({ count }: Pick<LabelledImages, "count">): number => Math.floor(count / 2);

/**
 * Measures a run's network on pairs of the test images as the run itself did, and on more of them: the run's own test pairs
 * are the first.
 *
 * @param kernels  cleared first: what it held before is lost
 * @param pairs  default all disjoint pairs that the run's seed draws
 * @throws InvalidRequest when the run was measured on validation pairs, the weights are not of its network, or there are too
 *   few images
 */
export function evaluateRun(
  { record: { id, seed, config }, weights }: FinishedRun,
  images: { readonly train: LabelledImages; readonly test: LabelledImages },
  kernels: Kernels,
  pairs = allTestPairs(images.test),
): RunEvaluation {
  if (config.evaluateOn !== "test")
    throw new InvalidRequest(
      `run ${id} was measured on ${config.evaluateOn} pairs: test images are for those that report`,
    );
  const { test, relation } = samplePairSet(images, seed, { trainPairs: 0, testPairs: pairs });
  kernels.clear();
  const { height, width, channels, classCount: classes } = test;
  const { model, scale } = readWeights(
    { name: `weights of run ${id}`, bytes: weights },
    kernels,
    config.network,
    { height, width, channels, classes },
    modelOptions(config, relation),
  );
  return { pairs, testError: model.evaluate(model.load(test, scale)).errors / pairs };
}
