import { counting, partly } from "../checks.js";
import type { LabelledImages } from "../data/index.js";
import { pairSetOf } from "../data/pairs.js";
import { relationNamed } from "../data/relations.js";
import { checkKernels, type Kernels } from "../engine/kernels.js";
import type { FinishedRun } from "./run.js";
import { checkRun, trainedNetwork } from "./trained-network.js";

/** The error of a trained network on a number of pairs. */
export interface RunEvaluation {
  readonly pairs: number;
  /** The fraction of these pairs that it decides wrong. */
  readonly testError: number;
}

/** The number of pairs that can be made from test images, if each image is used once. */
export const allTestPairs = ({ count }: Pick<LabelledImages, "count">): number => Math.floor(count / 2);

/**
 * Evaluates a run's network on more pairs of the kind that it was evaluated on, test or validation. The run's own pairs are the
 * first of them.
 *
 * @param kernels  they are cleared first
 * @param pairs  how many; default half the number of test images, which for test pairs uses each image once
 * @throws InvalidRequest where run, images or kernels are invalid, the run diverged, the weights do not fit its network, or there
 *   are too few images
 */
export function evaluateRun(
  run: FinishedRun,
  images: { readonly train: LabelledImages; readonly test: LabelledImages },
  kernels: Kernels,
  pairs?: number,
): RunEvaluation {
  checkRun(run, "run");
  partly({ test: partly({}) })(images, "images");
  checkKernels(kernels);
  const count = pairs ?? allTestPairs(images.test);
  counting(count, "pairs");
  const { seed, config } = run.record;
  const { evaluateOn } = config;
  // Validation pairs depend on the training pairs: they use the images that those leave.
  const trainPairs = evaluateOn === "test" ? 0 : config.trainPairs;
  const relation = relationNamed(config.relation);
  const { test } = pairSetOf(images, seed, { trainPairs, testPairs: count, evaluateOn, relation });
  kernels.clear();
  const { height, width, channels, classCount: classes } = test;
  const { model, scale } = trainedNetwork(run, kernels, { input: { height, width, channels, classes } });
  return { pairs: count, testError: model.evaluate(model.load(test, scale)).errors / count };
}
