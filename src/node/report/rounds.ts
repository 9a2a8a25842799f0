import { printedDigits, type RoundResult, type Table } from "../../core/index.js";
import type { Block } from "./part.js";

/** Whether any of these runs was measured on all test pairs. */
export const hasAllTestPairs = (runs: readonly RoundResult[]): boolean =>
  runs.some(({ allTestPairsError }) => allTestPairsError !== undefined);

/**
 * Every round of an architecture, to be opened by who wants it.
 *
 * @param pairs  what the networks were measured on
 */
export function everyRound(title: string, runs: readonly RoundResult[], pairs: "test" | "validation" = "test"): Block {
  const errors = runs.map(({ testError }) => testError);
  const lowest = `${printedDigits(Math.min(...errors))}%`;
  const range = runs.length > 1 ? `from ${lowest} to ${printedDigits(Math.max(...errors))}%` : lowest;
  const measured = hasAllTestPairs(runs);
  const table: Table = {
    title: `${title}, every round`,
    caption: "",
    columns: [
      "Seed",
      "Train error",
      `${pairs === "test" ? "Test" : "Validation"} error`,
      ...(measured ? ["All test pairs"] : []),
      "Run",
      "SHA-256 of the weights",
    ],
    rows: runs.map(({ seed, trainError, testError, allTestPairsError, id, weightsSha256 }) => [
      String(seed),
      `${printedDigits(trainError)}%`,
      `${printedDigits(testError)}%`,
      ...(measured ? [allTestPairsError === undefined ? "" : `${printedDigits(allTestPairsError)}%`] : []),
      id,
      `${weightsSha256.slice(0, 16)}…`,
    ]),
  };
  return { kind: "fold", summary: `${title}: ${pairs} error ${range}`, table };
}
