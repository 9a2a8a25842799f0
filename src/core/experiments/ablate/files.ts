import { csv } from "../../formats/csv.js";
import type { DataFile } from "../shared/part.js";
import { remarkColumns } from "../shared/rounds-csv.js";
import { type AblatedCell, type Ablation, FACTORS } from "./index.js";

/** The numbers of an ablation as tables for other programs. Errors are fractions of pairs. */
export function ablateFiles(ablation: Ablation): DataFile[] {
  return [
    { fileName: "ablate-cells.csv", holds: "each network's errors in each round", text: cellsCsv(ablation) },
    { fileName: "ablate-effects.csv", holds: "the effects", text: effectsCsv(ablation) },
    { fileName: "ablate-tuning.csv", holds: "what tuning saw", text: tuningCsv(ablation) },
  ];
}

/** A line for each network and round; a hint is 1 where the network has it. */
function cellsCsv({ cells }: Ablation): string {
  const where = remarkColumns(cells.flatMap(({ runs }) => runs));
  return csv([
    ["network", ...FACTORS, "seed", "train_error", "test_error", "run", ...where.head],
    ...cells.flatMap(({ name, factors, runs }) =>
      runs.map((run) => [
        name,
        ...FACTORS.map((factor) => Number(factors[factor])),
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
const effectsCsv = ({ effects }: Ablation): string =>
  csv([
    ["factor", "other", "mean", "sd", "ci95_low", "ci95_high", "p", "p_holm", "general_low", "general_high"],
    ...effects.map(({ factors: [factor, other], mean, sd, ci95, p, pHolm, general }) => [
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
    ]),
  ]);

/** A line for each candidate and round of tuning. */
const tuningCsv = ({ cells, tuning }: Ablation): string =>
  csv([
    ["network", "candidate", "learning_rate", "dropout", "auxiliary_weight", "seed", "validation_error", "chosen"],
    ...cells.flatMap(({ name, tuning: { candidates, chosen } }: AblatedCell) =>
      candidates.flatMap(({ settings: { learningRate, dropout, auxiliaryWeight }, errors }, i) =>
        errors.map((error, step) => [
          name,
          i,
          learningRate,
          dropout,
          auxiliaryWeight,
          tuning.seeds[step],
          error,
          Number(i === chosen),
        ]),
      ),
    ),
  ]);
