import { type ArchitectureComparison, type RoundResult, roundDifferences } from "../../core/index.js";
import { csv } from "../csv.js";
import { hasAllTestPairs } from "./rounds.js";

/**
 * Every run of some architectures over the same rounds, round by round. Errors are fractions of pairs; those of all test pairs
 * come last, where there are any.
 */
export function errorsCsv(
  architectures: readonly { readonly name: string; readonly runs: readonly RoundResult[] }[],
): string {
  const rounds = architectures[0]?.runs.map((_, round) => round) ?? [];
  const measured = hasAllTestPairs(architectures.flatMap(({ runs }) => runs));
  return csv([
    ["architecture", "seed", "train_error", "test_error", "run", ...(measured ? ["all_test_pairs_error"] : [])],
    ...rounds.flatMap((round) =>
      architectures.flatMap(({ name, runs }) => {
        const run = runs[round];
        if (!run) return [];
        const { seed, trainError, testError, id, allTestPairsError } = run;
        return [[name, seed, trainError, testError, id, ...(measured ? [allTestPairsError] : [])]];
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
