import type { Reproduction } from "../../core/index.js";

const METRICS = ["trainLoss", "testLoss", "trainAccuracy", "testAccuracy"] as const;

/**
 * The curves as CSV, one line for each architecture, epoch and metric. Losses are in nats, accuracies fractions of pairs; a
 * cell is empty where there is no number, such as the deviation of one round.
 */
export function curvesCsv({ architectures }: Reproduction): string {
  const lines = architectures.flatMap(({ name, curves }) =>
    METRICS.flatMap((metric) =>
      curves.epoch.map((epoch, i) => {
        const { mean, sd } = curves[metric];
        return [name, epoch, metric, cell(mean[i]), cell(sd[i])].join(",");
      }),
    ),
  );
  return `${["architecture,epoch,metric,mean,sd", ...lines].join("\n")}\n`;
}

const cell = (value: number | null | undefined): string => (Number.isFinite(value) ? String(value) : "");
