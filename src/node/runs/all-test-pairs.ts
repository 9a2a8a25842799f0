import { join } from "node:path";
import type { RunEvaluation } from "../../core/training/evaluate.js";
import type { RunRecord } from "../../core/training/run.js";
import { readTextWithin } from "../read.js";
import { sealed } from "./encode.js";
import { ALL_TEST_PAIRS, MOST_BYTES } from "./layout.js";

/** The text of a run's `all-test-pairs.json`: what was measured, and for which run. */
export const encodeAllTestPairs = (
  { id, weightsSha256, config }: RunRecord,
  { pairs, testError }: RunEvaluation,
): string => sealed({ id, weightsSha256, dataset: config.dataset.sha256, pairs, testError });

/** The measurement in a run's folder; undefined if it cannot be read, is damaged, or is of another run or number of pairs. */
export async function readAllTestPairs(
  folder: string,
  record: RunRecord,
  pairs: number,
): Promise<RunEvaluation | undefined> {
  const path = join(folder, ALL_TEST_PAIRS);
  try {
    const text = await readTextWithin(path, MOST_BYTES[ALL_TEST_PAIRS]);
    const testError: unknown = JSON.parse(text).testError;
    if (typeof testError !== "number" || !(testError >= 0 && testError <= 1)) return undefined;
    const evaluation = { pairs, testError };
    return text === encodeAllTestPairs(record, evaluation) ? evaluation : undefined;
  } catch {
    return undefined;
  }
}
