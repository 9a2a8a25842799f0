import { printedDigits } from "../../text/format.js";
import type { Table } from "../../text/table.js";
import { placeAndCause } from "../../training/divergence.js";
import { CONSTANT_COLUMN, constantInTable } from "./constant-answer.js";
import { divergedOf, errorText, finishedOf } from "./diverged.js";
import type { Block } from "./part.js";
import type { RoundResult } from "./rounds.js";

/** Whether any of these runs was measured on all test pairs. */
export const hasAllTestPairs = (runs: readonly RoundResult[]): boolean =>
  runs.some(({ allTestPairsError }) => allTestPairsError !== undefined);

/** A run's error to its last digit, or that it diverged. */
export const exactError = (run: Pick<RoundResult, "diverged">, error: number): string =>
  errorText(run, error, (fraction) => `${printedDigits(fraction)}%`);

/** Where it diverged, for a table in which some runs did. */
export const whereDiverged = ({ diverged }: Pick<RoundResult, "diverged">): string =>
  diverged ? placeAndCause(diverged) : "";

/**
 * Every round of an architecture, closed until a reader opens it.
 *
 * @param pairs  what the networks were measured on
 */
export function everyRound(title: string, runs: readonly RoundResult[], pairs: "test" | "validation" = "test"): Block {
  const errors = finishedOf(runs).map(({ testError }) => testError);
  const lowest = `${printedDigits(Math.min(...errors))}%`;
  const range = errors.length > 1 ? `from ${lowest} to ${printedDigits(Math.max(...errors))}%` : lowest;
  const lost = divergedOf(runs);
  const constant = constantInTable(runs);
  const found = [
    ...(errors.length > 0 ? [`${pairs} error ${range}`] : []),
    ...(constant ? [`same answer to every pair: ${constant}`] : []),
    ...(lost ? [`${lost} diverged`] : []),
  ];
  const measured = hasAllTestPairs(runs);
  const table: Table = {
    title: `${title}, every round`,
    caption: "",
    columns: [
      "Seed",
      "Train error",
      `${pairs === "test" ? "Test" : "Validation"} error`,
      ...(measured ? ["All test pairs"] : []),
      ...(constant ? [CONSTANT_COLUMN] : []),
      ...(lost ? ["Diverged at"] : []),
      "Run",
      "SHA-256 of the weights",
    ],
    rows: runs.map((run) => [
      String(run.seed),
      exactError(run, run.trainError),
      exactError(run, run.testError),
      ...(measured ? [run.allTestPairsError === undefined ? "" : `${printedDigits(run.allTestPairsError)}%`] : []),
      ...(constant ? [run.constantAnswer ?? ""] : []),
      ...(lost ? [whereDiverged(run)] : []),
      run.id,
      `${run.weightsSha256.slice(0, 16)}…`,
    ]),
  };
  return { kind: "fold", summary: `${title}: ${found.join(", ")}`, table };
}
