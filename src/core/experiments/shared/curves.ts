import { mean } from "../../statistics/index.js";
import { standardDeviation } from "../../statistics/moments.js";
import type { EpochResult } from "../../training/index.js";

/** One number for each epoch, over rounds. */
export interface Curve {
  readonly mean: readonly number[];
  readonly sd: readonly (number | null)[];
}

/** Losses and accuracies of a network after each epoch, over rounds. */
export interface Curves {
  /** Epochs that were evaluated in at least one round, ascending. */
  readonly epoch: readonly number[];
  readonly trainLoss: Curve;
  readonly testLoss: Curve;
  readonly trainAccuracy: Curve;
  readonly testAccuracy: Curve;
}

/**
 * The curves of rounds that may still be training: an epoch shows the rounds that have reached it.
 *
 * @param rounds  each round's evaluated epochs, ascending
 */
export function curvesOf(rounds: readonly (readonly EpochResult[])[]): Curves {
  const all = rounds.flat();
  const epoch = [...new Set(all.map((result) => result.epoch))].sort((a, b) => a - b);
  const byEpoch = new Map<number, EpochResult[]>(epoch.map((each) => [each, []]));
  for (const result of all) byEpoch.get(result.epoch)?.push(result);
  const results = [...byEpoch.values()];
  const curve = (key: Exclude<keyof EpochResult, "epoch" | "testYes">): Curve => {
    const values = results.map((those) => those.map((result) => result[key]));
    return { mean: values.map(mean), sd: values.map((each) => standardDeviation(each) ?? null) };
  };
  return {
    epoch,
    trainLoss: curve("trainLoss"),
    testLoss: curve("testLoss"),
    trainAccuracy: curve("trainAccuracy"),
    testAccuracy: curve("testAccuracy"),
  };
}
