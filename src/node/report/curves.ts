import type { Reproduction } from "../../core/index.js";
import { csv } from "../csv.js";

const METRICS = ["trainLoss", "testLoss", "trainAccuracy", "testAccuracy"] as const;

/**
 * The curves as CSV, one line for each architecture, epoch and metric. Losses are in nats, accuracies fractions of pairs; a
 * cell is empty where there is no number, such as the deviation of one round.
 */
export function curvesCsv({ architectures }: Reproduction): string {
  const rows = architectures.flatMap(({ name, curves }) =>
    METRICS.flatMap((metric) =>
      curves.epoch.map((epoch, i) => [name, epoch, metric, curves[metric].mean[i], curves[metric].sd[i]]),
    ),
  );
  return csv([["architecture", "epoch", "metric", "mean", "sd"], ...rows]);
}
