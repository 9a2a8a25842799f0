import { expect, test } from "vitest";
import { hardPairs } from "./hard-pairs.js";

const TARGETS = Uint8Array.from([1, 1, 0, 0, 1]);
const said = (...probabilities: readonly number[]) => ({
  count: probabilities.length,
  probabilities: Float64Array.from(probabilities),
  holds: Uint8Array.from(probabilities, (p) => Number(p > 0.5)),
});

/** Wrong about pairs 0, 2 and 4, and surest about 2. */
const LOSER = said(0.3, 0.9, 0.95, 0.45, 0.2);

test("what one decides wrong and the other right, the surest mistakes first", () => {
  // The other is wrong about pair 4 too.
  const other = said(0.8, 0.1, 0.3, 0.2, 0.4);
  expect(hardPairs(LOSER, other, { targets: TARGETS }, 4)).toEqual({ kind: "wrong", pairs: [2, 0] });
  expect(hardPairs(LOSER, other, { targets: TARGETS }, 1)).toEqual({ kind: "wrong", pairs: [2] });
});

test("alone, or where the other is right about none of its mistakes: what it is least sure of", () => {
  const unsure = { kind: "unsure", pairs: [3, 0] };
  expect(hardPairs(LOSER, undefined, { targets: TARGETS }, 2)).toEqual(unsure);
  expect(hardPairs(LOSER, LOSER, { targets: TARGETS }, 2)).toEqual(unsure);
});
