import { join } from "node:path";
import type { RunEvaluation } from "../../core/training/evaluate.js";
import type { RunRecord } from "../../core/training/run.js";
import { readTextWithin } from "../read.js";
import { sealed } from "./encode.js";
import { ALL_TEST_PAIRS, MOST_BYTES } from "./layout.js";

/** The text of a run's `all-test-pairs.json`: what was measured, and for which run. */
export const encodeAllTestPairs = (
  { id, weightsSha256, config }: RunRecord,
  { pairs, testError, yes }: RunEvaluation,
): string =>
  sealed({
    ...{ id, weightsSha256, dataset: config.dataset.sha256, pairs, testError },
    ...(yes !== undefined && { yes }),
  });

/**
 * The measurement in a run's folder; undefined if it cannot be read, is damaged, or is of another run or number of pairs. An earlier
 * version did not count the answers: such a file is as good as before.
 */
export async function readAllTestPairs(
  folder: string,
  record: RunRecord,
  pairs: number,
): Promise<RunEvaluation | undefined> {
  const path = join(folder, ALL_TEST_PAIRS);
  try {
    const text = await readTextWithin(path, MOST_BYTES[ALL_TEST_PAIRS]);
    const { testError, yes }: { readonly testError: unknown; readonly yes?: unknown } = JSON.parse(text);
    if (typeof testError !== "number" || !(testError >= 0 && testError <= 1)) return undefined;
    const isCount = Number.isSafeInteger(yes) && (yes as number) >= 0 && (yes as number) <= pairs;
    if (yes !== undefined && !isCount) return undefined;
    const evaluation = { pairs, testError, ...(isCount && { yes: yes as number }) };
    return text === encodeAllTestPairs(record, evaluation) ? evaluation : undefined;
  } catch {
    return undefined;
  }
}
