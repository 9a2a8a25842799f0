import { join } from "node:path";
import { countBits } from "../../core/formats/bits.js";
import type { RunEvaluation } from "../../core/inspection/evaluate-run.js";
import type { Calibration } from "../../core/measures/index.js";
import type { RunRecord } from "../../core/training/run.js";
import { readTextWithin } from "../read.js";
import { sealed } from "./encode.js";
import { ALL_TEST_PAIRS, MOST_BYTES } from "./layout.js";

/** The text of a run's `all-test-pairs.json`: what was measured, and for which run. */
export const encodeAllTestPairs = (
  { id, weightsSha256, config }: RunRecord,
  { pairs, testError, yes, wrong, calibration }: RunEvaluation,
): string =>
  sealed({
    ...{ id, weightsSha256, dataset: config.dataset.sha256, pairs, testError },
    ...(yes !== undefined && { yes }),
    ...(wrong && { wrong: Buffer.from(wrong).toString("base64") }),
    ...(calibration && { calibration }),
  });

/**
 * The measurement in a run's folder; undefined if it cannot be read, is damaged, or is of another run or number of pairs. Earlier
 * versions did not count the answers, did not keep which pairs are decided wrong, and did not measure probabilities: what they kept is
 * returned.
 */
export async function readAllTestPairs(
  folder: string,
  record: RunRecord,
  pairs: number,
): Promise<RunEvaluation | undefined> {
  const path = join(folder, ALL_TEST_PAIRS);
  try {
    const text = await readTextWithin(path, MOST_BYTES[ALL_TEST_PAIRS]);
    const { testError, yes, wrong, calibration }: Partial<Readonly<Record<keyof RunEvaluation, unknown>>> =
      JSON.parse(text);
    if (typeof testError !== "number" || !(testError >= 0 && testError <= 1)) return undefined;
    const isCount = Number.isSafeInteger(yes) && (yes as number) >= 0 && (yes as number) <= pairs;
    if (yes !== undefined && !isCount) return undefined;
    const verdicts = verdictsIn(wrong, pairs);
    if (wrong !== undefined && !(verdicts && countBits(verdicts) / pairs === testError)) return undefined;
    const measured = calibrationIn(calibration);
    if (calibration !== undefined && !measured) return undefined;
    const evaluation = {
      pairs,
      testError,
      ...(isCount && { yes: yes as number }),
      ...(verdicts && { wrong: verdicts }),
      ...(measured && { calibration: measured }),
    };
    return text === encodeAllTestPairs(record, evaluation) ? evaluation : undefined;
  } catch {
    return undefined;
  }
}

/** A bit for each pair, and no others; undefined if a text is something else. Other spellings of the same bytes are found later. */
function verdictsIn(wrong: unknown, pairs: number): Uint8Array | undefined {
  if (typeof wrong !== "string") return undefined;
  const bits = new Uint8Array(Buffer.from(wrong, "base64"));
  const spare = 8 * bits.length - pairs;
  return spare >= 0 && spare < 8 && (bits.at(-1) ?? 0) < 2 ** (8 - spare) ? bits : undefined;
}

/** Numbers that may be a calibration; undefined if they are something else. Other fields are found later. */
function calibrationIn(calibration: unknown): Calibration | undefined {
  const { brierScore, logLoss, expectedError } = (calibration ?? {}) as Partial<Calibration>;
  const { error, byChance } = expectedError ?? {};
  if (!isWithin(brierScore, 1) || !isWithin(logLoss) || !isWithin(error, 1) || !isWithin(byChance, 1)) return undefined;
  return { brierScore, logLoss, expectedError: { error, byChance } };
}

const isWithin = (value: unknown, most = Number.MAX_VALUE): value is number =>
  typeof value === "number" && value >= 0 && value <= most;
