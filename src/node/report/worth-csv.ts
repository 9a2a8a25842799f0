import type { Worth } from "../../core/index.js";

/** Every run of the learning curves, errors as fractions of pairs. */
export function worthCurvesCsv({ curves }: Worth): string {
  const lines = curves.flatMap(({ architecture, points }) =>
    points.flatMap(({ pairs, runs }) =>
      runs.map(({ seed, trainError, testError, id }) =>
        [architecture, pairs, seed, trainError, testError, id].join(","),
      ),
    ),
  );
  return `${["architecture,pairs,seed,train_error,test_error,run", ...lines].join("\n")}\n`;
}

/** Every hint's factor at every number of pairs; a cell is empty where there is no number, as at an interval's open end. */
export function worthFactorsCsv({ hints }: Worth): string {
  const lines = hints.flatMap(({ hint, with: withHint, without, bySize }) =>
    bySize.map(({ pairs, factor, ci95, pairsWithout, bound }) =>
      [hint, withHint, without, pairs, factor, ci95?.[0] ?? "", ci95?.[1] ?? "", pairsWithout, bound ?? ""].join(","),
    ),
  );
  return `${["hint,with,without,pairs,factor,ci95_low,ci95_high,pairs_without,bound", ...lines].join("\n")}\n`;
}
