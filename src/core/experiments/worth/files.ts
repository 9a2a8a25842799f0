import { csv } from "../../formats/csv.js";
import type { PartContent } from "../shared/part.js";
import { remarkColumns } from "../shared/rounds-csv.js";
import { LABELLED_NETWORK } from "./ladder.js";
import type { Ladder, Worth } from "./worth.js";

/** Every run of the learning curves, errors as fractions of pairs. */
export function worthCurvesCsv({ curves }: Pick<Ladder, "curves">): string {
  const { head, cells } = remarkColumns(curves.flatMap(({ points }) => points.flatMap(({ runs }) => runs)));
  const rows = curves.flatMap(({ architecture, points }) =>
    points.flatMap(({ pairs, runs }) =>
      runs.map((run) => [architecture, pairs, run.seed, run.trainError, run.testError, run.id, ...cells(run)]),
    ),
  );
  return csv([["architecture", "pairs", "seed", "train_error", "test_error", "run", ...head], ...rows]);
}

/** Every hint's factor at every number of pairs; a cell is empty where there is no number, as at an interval's open end. */
export function worthFactorsCsv({ hints }: Pick<Ladder, "hints">): string {
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

/** Settings that `ablate` chooses too, and epochs. */
const SEARCHED = ["learningRate", "dropout", "auxiliaryWeight", "epochs"] as const;

/** Every candidate of every tuning: its settings, its validation error as a fraction of pairs, and whether it was chosen. */
export function worthTuningCsv({ curves, labelParts = [] }: Ladder): string {
  const places = [
    ...curves.flatMap(({ architecture, points }) => points.map((point) => ({ architecture, point, labelFraction: 1 }))),
    ...labelParts
      .filter(({ labelFraction }) => labelFraction > 0 && labelFraction < 1)
      .map(({ labelFraction, point }) => ({ architecture: LABELLED_NETWORK, point, labelFraction })),
  ];
  const rows = places.flatMap(({ architecture, point: { pairs, tunings = [] }, labelFraction }) =>
    tunings.flatMap(({ tried, chosen }, tuning) =>
      tried.map(({ settings, errors }, i) => [
        architecture,
        pairs,
        labelFraction,
        tuning + 1,
        ...SEARCHED.map((name) => settings[name]),
        errors[0],
        i === chosen ? 1 : 0,
      ]),
    ),
  );
  const settings = ["learning_rate", "dropout", "auxiliary_weight", "epochs"];
  const head = ["architecture", "pairs", "label_fraction", "tuning", ...settings, "validation_error", "chosen"];
  return csv([head, ...rows]);
}

/** The files of a report, with those of tuning if there was any. */
export const worthFiles = (worth: Worth): PartContent["files"] => [
  { fileName: "worth-curves.csv", holds: "every run's errors", text: worthCurvesCsv(worth) },
  { fileName: "worth-factors.csv", holds: "every factor", text: worthFactorsCsv(worth) },
  ...(worth.tuned
    ? [
        { fileName: "worth-tuned-curves.csv", holds: "every run's errors, tuned", text: worthCurvesCsv(worth.tuned) },
        { fileName: "worth-tuned-factors.csv", holds: "every factor, tuned", text: worthFactorsCsv(worth.tuned) },
        { fileName: "worth-tuning.csv", holds: "every candidate of every tuning", text: worthTuningCsv(worth.tuned) },
      ]
    : []),
];
