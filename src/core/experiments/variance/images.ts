import { hasBit } from "../../formats/bits.js";
import { type CrossedImages, crossedImages, roundsOfPairs } from "../../statistics/index.js";
import type { MeasuredRun } from "../shared/all-test-pairs.js";
import { MOST_VERDICTS } from "../shared/general.js";

/**
 * What runs have in common by their test images, from their verdicts on all test pairs; undefined where these are not known, and where test
 * pairs are of other classes than training pairs: then images are not what a test draws.
 *
 * @param levels  of each run, its level of each source of chance
 */
export function imagesInCommon(
  runs: readonly MeasuredRun[],
  levels: readonly (readonly number[])[],
): CrossedImages | undefined {
  const judged = runs.flatMap(({ allTestPairs, drawn }) =>
    allTestPairs?.wrong && drawn?.of === "images" ? [{ wrong: allTestPairs.wrong, tested: drawn.tested }] : [],
  );
  const verdicts = judged.reduce((sum, { tested }) => sum + tested.length / 2, 0);
  if (judged.length < runs.length || verdicts > MOST_VERDICTS) return undefined;
  const values = judged.map(({ wrong, tested }) =>
    Uint8Array.from({ length: tested.length / 2 }, (_, pair) => hasBit(wrong, pair)),
  );
  return crossedImages(roundsOfPairs(judged.map(({ tested }) => tested)), values, levels);
}
