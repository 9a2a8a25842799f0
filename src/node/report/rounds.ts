import { findArchitecture, printedDigits, type RunRecord, type Table } from "../../core/index.js";
import type { Block } from "./part.js";

type Round = Pick<RunRecord, "id" | "seed" | "trainError" | "testError" | "weightsSha256">;

/** Every round of an architecture: a table that opens, under the range of its test errors. */
export function foldOfRounds({ name, runs }: { readonly name: string; readonly runs: readonly Round[] }): Block {
  const { title } = findArchitecture(name);
  const errors = runs.map(({ testError }) => testError);
  const lowest = `${printedDigits(Math.min(...errors))}%`;
  const range = runs.length > 1 ? `from ${lowest} to ${printedDigits(Math.max(...errors))}%` : lowest;
  const table: Table = {
    title: `${title}, every round`,
    caption: "",
    columns: ["Seed", "Train error", "Test error", "Run", "SHA-256 of the weights"],
    rows: runs.map(({ seed, trainError, testError, id, weightsSha256 }) => [
      String(seed),
      `${printedDigits(trainError)}%`,
      `${printedDigits(testError)}%`,
      id,
      `${weightsSha256.slice(0, 16)}…`,
    ]),
  };
  return { kind: "fold", summary: `${title}: test error ${range}`, table };
}
