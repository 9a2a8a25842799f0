import { type ArchitectureComparison, roundDifferences } from "../../core/index.js";

/** Every run of a comparison, one line for each round and architecture. Errors are fractions of pairs. */
export function errorsCsv({ rounds, architectures }: ArchitectureComparison): string {
  const lines = Array.from({ length: rounds }, (_, round) =>
    architectures.flatMap(({ name, runs }) => {
      const run = runs[round];
      return run ? [[name, run.seed, run.trainError, run.testError, run.id].join(",")] : [];
    }),
  ).flat();
  return `${["architecture,seed,train_error,test_error,run", ...lines].join("\n")}\n`;
}

/** Test error of `a` minus that of `b`, one line for each pair of architectures and round. */
export function differencesCsv(comparison: ArchitectureComparison): string {
  const lines = comparison.differences.flatMap(({ a, b }) =>
    roundDifferences(comparison, { a, b }).map((value, round) => [a, b, comparison.seed + round, value].join(",")),
  );
  return `${["a,b,seed,difference", ...lines].join("\n")}\n`;
}
