import { csv } from "../../formats/csv.js";
import type { DataFile } from "../shared/part.js";
import { remarkColumns } from "../shared/rounds-csv.js";
import { type Ablation, choicesOf, FACTORS } from "./index.js";

/** The numbers of an ablation as tables for other programs. Errors are fractions of pairs. */
export function ablateFiles(ablation: Ablation): DataFile[] {
  return [
    { fileName: "ablate-cells.csv", holds: "each network's errors in each round", text: cellsCsv(ablation) },
    { fileName: "ablate-effects.csv", holds: "the effects", text: effectsCsv(ablation) },
    { fileName: "ablate-tuning.csv", holds: "what tuning saw", text: tuningCsv(ablation) },
  ];
}

/** A line for each network and round; a hint is 1 where the network has it. */
function cellsCsv(ablation: Ablation): string {
  const { cells } = ablation;
  const where = remarkColumns(cells.flatMap(({ runs }) => runs));
  const tuning = tuningColumn(ablation);
  return csv([
    ["network", ...FACTORS, ...tuning.head, "seed", "train_error", "test_error", "run", ...where.head],
    ...cells.flatMap(({ name, factors, runs }) =>
      runs.map((run, round) => [
        name,
        ...FACTORS.map((factor) => Number(factors[factor])),
        ...tuning.cells(Math.floor((tuning.tunings * round) / runs.length)),
        run.seed,
        run.trainError,
        run.testError,
        run.id,
        ...where.cells(run),
      ]),
    ),
  ]);
}

/** A line for each effect; an interaction has two factors. */
function effectsCsv({ effects }: Ablation): string {
  const split = effects.some(({ variance }) => variance);
  return csv([
    [
      ...["factor", "other", "mean", "sd", "ci95_low", "ci95_high", "p", "p_holm", "general_low", "general_high"],
      ...(split ? ["sd_between_tunings", "sd_within_tuning", "tuning_share"] : []),
    ],
    ...effects.map(({ factors: [factor, other], mean, sd, ci95, p, pHolm, general, variance }) => [
      factor,
      other,
      mean,
      sd,
      ci95?.[0],
      ci95?.[1],
      p,
      pHolm,
      general?.ci95?.[0],
      general?.ci95?.[1],
      ...(split
        ? [variance && Math.sqrt(variance.between), variance && Math.sqrt(variance.within), variance?.share]
        : []),
    ]),
  ]);
}

/** A line for each candidate and round of tuning. */
function tuningCsv(ablation: Ablation): string {
  const { cells, tuning } = ablation;
  const which = tuningColumn(ablation);
  const settings = ["learning_rate", "dropout", "auxiliary_weight"];
  return csv([
    ["network", ...which.head, "candidate", ...settings, "seed", "validation_error", "chosen"],
    ...cells.flatMap((cell) =>
      choicesOf(cell).flatMap(({ candidates, chosen }, t) =>
        candidates.flatMap(({ settings: { learningRate, dropout, auxiliaryWeight }, errors }, i) =>
          errors.map((error, step) => [
            cell.name,
            ...which.cells(t),
            i,
            learningRate,
            dropout,
            auxiliaryWeight,
            tuning.seeds[t * tuning.steps.length + step],
            error,
            Number(i === chosen),
          ]),
        ),
      ),
    ),
  ]);
}

/** Which tuning a line is of, from 1, if there are several. */
const tuningColumn = ({ tunings = 1 }: Ablation) => ({
  tunings,
  head: tunings > 1 ? ["tuning"] : [],
  cells: (tuning: number) => (tunings > 1 ? [tuning + 1] : []),
});
