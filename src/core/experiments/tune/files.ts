import { csv } from "../../formats/csv.js";
import type { DataFile } from "../shared/part.js";
import type { Tuning } from "./index.js";

/** A tuning's trials as a table for other programs. Errors are fractions of pairs. */
export function tuneFiles(tuning: Tuning): DataFile[] {
  return [{ fileName: "tune.csv", holds: "every trial's error in each round", text: trialsCsv(tuning) }];
}

/** A line for each trial and round of tuning. */
function trialsCsv({ trials, settings, plan, chosen }: Tuning): string {
  const names = settings.map(({ option }) => option.replaceAll("-", "_"));
  return csv([
    ["trial", "source", ...names, "seed", "validation_error", "chosen"],
    ...trials.flatMap((trial, i) =>
      trial.errors.map((error, round) => [
        i,
        trial.source,
        ...settings.map(({ setting }) => trial.settings[setting]),
        plan.seeds[round],
        error,
        Number(i === chosen),
      ]),
    ),
  ]);
}
