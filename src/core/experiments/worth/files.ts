import { csv } from "../../formats/csv.js";
import { remarkColumns } from "../shared/rounds-csv.js";
import type { Worth } from "./worth.js";

/** Every run of the learning curves, errors as fractions of pairs. */
export function worthCurvesCsv({ curves }: Worth): string {
  const { head, cells } = remarkColumns(curves.flatMap(({ points }) => points.flatMap(({ runs }) => runs)));
  const rows = curves.flatMap(({ architecture, points }) =>
    points.flatMap(({ pairs, runs }) =>
      runs.map((run) => [architecture, pairs, run.seed, run.trainError, run.testError, run.id, ...cells(run)]),
    ),
  );
  return csv([["architecture", "pairs", "seed", "train_error", "test_error", "run", ...head], ...rows]);
}

/** Every hint's factor at every number of pairs; a cell is empty where there is no number, as at an interval's open end. */
export function worthFactorsCsv({ hints }: Worth): string {
  const rows = hints.flatMap(({ hint, with: withHint, without, bySize }) =>
    bySize.map(({ pairs, factor, ci95, pairsWithout, bound }) => {
      return [hint, withHint, without, pairs, factor, ci95?.[0], ci95?.[1], pairsWithout, bound];
    }),
  );
  return csv([
    ["hint", "with", "without", "pairs", "factor", "ci95_low", "ci95_high", "pairs_without", "bound"],
    ...rows,
  ]);
}
