import { expect, test } from "vitest";
import { syntheticAblation } from "../../../../test/support/ablation.js";
import { syntheticComparison } from "../../../../test/support/comparison.js";
import { ablatePart, comparePart, reproducePart, tunePart, worthPart } from "../../../../test/support/parts.js";
import { syntheticReproduction } from "../../../../test/support/reproduction.js";
import { syntheticTuning } from "../../../../test/support/tuning.js";
import { syntheticWorth } from "../../../../test/support/worth.js";
import type { ReportPart } from "./part.js";

/** A result with numbers that JSON does not have. */
const beyond = <Result extends object>(result: Result): Result => ({ ...result, most: Infinity, none: NaN });

const { reproduction, records } = syntheticReproduction({ rounds: 1 });
const compared = syntheticComparison({ errors: { mlp: [0.2, 0.1], "one-by-one": [0.03, 0.02] } });
const ablated = syntheticAblation({ rounds: 1, candidates: 2 });
const curves = syntheticWorth({ rounds: 2 });
const tuned = syntheticTuning({ trials: 3, rounds: 2 });

test.each<[string, () => Promise<ReportPart>]>([
  ["reproduce", () => reproducePart({ result: beyond(reproduction), records })],
  ["compare", () => comparePart({ result: beyond(compared.comparison), records: compared.records })],
  ["ablate", () => ablatePart({ result: beyond(ablated.ablation), records: ablated.records })],
  ["worth", () => worthPart({ result: beyond(curves.worth), records: curves.records })],
  ["tune", () => tunePart({ result: beyond(tuned.tuning), records: tuned.records }, {})],
])("%s.json says of an infinite number that it is, and has null where there is none", async (name, part) => {
  const text = (await part()).files.find(({ fileName }) => fileName === `${name}.json`)?.text ?? "";
  expect(JSON.parse(text)).toMatchObject({ most: "Infinity", none: null });
});
