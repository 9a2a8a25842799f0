import { counting, partly } from "../checks.js";
import type { ImageSets } from "../data/index.js";
import { pairSetOf } from "../data/pairs.js";
import { mostTestPairs } from "../data/pools.js";
import { checkKernels, type Kernels } from "../engine/kernels.js";
import { countBits, noBits, setBit } from "../formats/bits.js";
import { type Calibration, calibrationOf } from "../measures/calibration.js";
import { pairRulesOf } from "../training/job.js";
import type { FinishedRun, RunSummary } from "../training/run.js";
import { checkRun, trainedNetwork } from "../training/trained-network.js";
import { decisions } from "./decisions.js";

/** The error of a trained network on a number of pairs, its answers, its verdicts, and what its probabilities are worth. */
export interface RunEvaluation {
  readonly pairs: number;
  /** The fraction of these pairs that it decides wrong. */
  readonly testError: number;
  /** How many of these pairs it says yes to. Absent from what an earlier version measured and kept. */
  readonly yes?: number;
  /**
   * Which of these pairs it decides wrong: bit p % 8 of byte p >> 3, from the lowest, is 1 if pair p is. Absent from what an earlier
   * version measured and kept.
   */
  readonly wrong?: Uint8Array;
  /** Of the probabilities that `decisions` gives. Absent from what an earlier version measured and kept. */
  readonly calibration?: Calibration;
}

/** How many test pairs a run's seed makes of the test images, no image twice unless the run's pairs share images. */
export const allTestPairs = ({ seed, config }: Pick<RunSummary, "seed" | "config">, images: ImageSets): number =>
  mostTestPairs(images, seed, pairRulesOf(config));

/**
 * Evaluates a run's network on more pairs of the kind that it was evaluated on, test or validation. The run's own pairs are the
 * first of them.
 *
 * @param kernels  they are cleared first
 * @param pairs  how many; default half the number of test images, which for test pairs uses each image once
 * @throws InvalidRequest where run, images or kernels are invalid, the run diverged, the weights do not fit its network, or there
 *   are too few images
 */
export function evaluateRun(run: FinishedRun, images: ImageSets, kernels: Kernels, pairs?: number): RunEvaluation {
  checkRun(run, "run");
  partly({ test: partly({}) })(images, "images");
  checkKernels(kernels);
  const { seed, config } = run.record;
  const count = pairs ?? allTestPairs(run.record, images);
  counting(count, "pairs");
  const { evaluateOn } = config;
  // Validation pairs depend on the training pairs: they use the images that those leave.
  const trainPairs = evaluateOn === "test" ? 0 : config.trainPairs;
  const { test } = pairSetOf(images, seed, { ...pairRulesOf(config), trainPairs, testPairs: count });
  kernels.clear();
  const { height, width, channels, classCount: classes } = test;
  const network = trainedNetwork(run, kernels, { input: { height, width, channels, classes } });
  const { holds, probabilities } = decisions(network, test);
  const wrong = noBits(count);
  holds.forEach((answer, pair) => {
    if (answer !== test.targets[pair]) setBit(wrong, pair);
  });
  const yes = holds.reduce((sum, answer) => sum + answer, 0);
  const calibration = calibrationOf(probabilities, test.targets);
  return { pairs: count, testError: countBits(wrong) / count, yes, wrong, calibration };
}
