import { type CsvCell, csv } from "../../formats/csv.js";
import { constantInTable, type MayRepeat } from "./constant-answer.js";
import { finishedOf } from "./diverged.js";
import { hasAllTestPairs } from "./every-round.js";
import type { RoundResult } from "./rounds.js";

/** Columns that say what a network says to every pair, where one says the same, and where runs diverged, where one did: their heads, and a run's cells. */
export function remarkColumns(runs: readonly MayRepeat[]): {
  readonly head: readonly string[];
  cells(run: MayRepeat): CsvCell[];
} {
  const constant = constantInTable(runs) !== "";
  const lost = finishedOf(runs).length < runs.length;
  return {
    head: [...(constant ? ["constant_answer"] : []), ...(lost ? ["diverged_epoch", "diverged_step"] : [])],
    cells: ({ constantAnswer, diverged }) => [
      ...(constant ? [constantAnswer ?? undefined] : []),
      ...(lost ? [diverged?.epoch, diverged?.step] : []),
    ],
  };
}

/**
 * Every run of some architectures over the same rounds, round by round. Errors are fractions of pairs; those of all test pairs
 * come last, where there are any, and after them what a network says to every pair and where runs diverged.
 */
export function errorsCsv(
  architectures: readonly { readonly name: string; readonly runs: readonly RoundResult[] }[],
): string {
  const rounds = architectures[0]?.runs.map((_, round) => round) ?? [];
  const all = architectures.flatMap(({ runs }) => runs);
  const measured = hasAllTestPairs(all);
  const { head, cells } = remarkColumns(all);
  return csv([
    [
      "architecture",
      "seed",
      "train_error",
      "test_error",
      "run",
      ...(measured ? ["all_test_pairs_error"] : []),
      ...head,
    ],
    ...rounds.flatMap((round) =>
      architectures.flatMap(({ name, runs }) => {
        const run = runs[round];
        if (!run) return [];
        const { seed, trainError, testError, id, allTestPairsError } = run;
        return [[name, seed, trainError, testError, id, ...(measured ? [allTestPairsError] : []), ...cells(run)]];
      }),
    ),
  ]);
}
