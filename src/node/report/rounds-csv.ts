import { type ArchitectureComparison, type RoundResult, roundDifferences } from "../../core/index.js";
import { csv } from "../csv.js";

/** Every run of some architectures over the same rounds, round by round. Errors are fractions of pairs. */
export function errorsCsv(
  architectures: readonly { readonly name: string; readonly runs: readonly RoundResult[] }[],
): string {
  const rounds = architectures[0]?.runs.map((_, round) => round) ?? [];
  return csv([
    ["architecture", "seed", "train_error", "test_error", "run"],
    ...rounds.flatMap((round) =>
      architectures.flatMap(({ name, runs }) => {
        const run = runs[round];
        return run ? [[name, run.seed, run.trainError, run.testError, run.id]] : [];
      }),
    ),
  ]);
}

/** Test error of `a` minus that of `b`, one line for each pair of architectures and round. */
export function differencesCsv(comparison: ArchitectureComparison): string {
  const rows = comparison.differences.flatMap(({ a, b }) =>
    roundDifferences(comparison, { a, b }).map((value, round) => [a, b, comparison.seed + round, value]),
  );
  return csv([["a", "b", "seed", "difference"], ...rows]);
}
