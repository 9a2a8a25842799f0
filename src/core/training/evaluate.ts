import { counting, partly } from "../checks.js";
import type { ImageSets } from "../data/index.js";
import { mostTestPairs, pairSetOf } from "../data/pairs.js";
import { checkKernels, type Kernels } from "../engine/kernels.js";
import { pairRulesOf } from "./job.js";
import type { FinishedRun, RunSummary } from "./run.js";
import { checkRun, trainedNetwork } from "./trained-network.js";

/** How often a trained network is wrong. */
export interface RunEvaluation {
  readonly pairs: number;
  /** Fraction of these pairs. */
  readonly testError: number;
}

/** How many test pairs a run's seed makes of the test images, no image twice unless the run's pairs share images. */
export const allTestPairs = ({ seed, config }: Pick<RunSummary, "seed" | "config">, images: ImageSets): number =>
  mostTestPairs(images, seed, pairRulesOf(config));

/**
 * Measures a run's network as the run itself did, on more pairs of the same kind, test or validation: the run's own are the
 * first of them.
 *
 * @param kernels  cleared first: what it held before is lost
 * @param pairs  default all disjoint pairs of the test images that the run's seed draws, and as many where it was measured on
 *   validation pairs
 * @throws InvalidRequest when these are no run, images or kernels, the run diverged, the weights are not of its network, or there are too few images
 */
export function evaluateRun(run: FinishedRun, images: ImageSets, kernels: Kernels, pairs?: number): RunEvaluation {
  checkRun(run, "run");
  partly({ test: partly({}) })(images, "images");
  checkKernels(kernels);
  const { seed, config } = run.record;
  const count = pairs ?? allTestPairs(run.record, images);
  counting(count, "pairs");
  const { evaluateOn } = config;
  // Validation pairs depend on the training pairs: they are of the images that those leave.
  const trainPairs = evaluateOn === "test" ? 0 : config.trainPairs;
  const { test } = pairSetOf(images, seed, { ...pairRulesOf(config), trainPairs, testPairs: count });
  kernels.clear();
  const { height, width, channels, classCount: classes } = test;
  const { model, scale } = trainedNetwork(run, kernels, { input: { height, width, channels, classes } });
  return { pairs: count, testError: model.evaluate(model.load(test, scale)).errors / count };
}
