import {
  architectures,
  findArchitecture,
  furtherArchitectures,
  trunkArchitectures,
} from "../../src/core/architectures/index.js";
import { all, caseOf, digitPairs, exactCaseOf, OF_VIEWS, PAIRS, trainedBriefly } from "./cases.js";
import { testCases } from "./expectations.js";

const named = [...architectures, ...furtherArchitectures, ...trunkArchitectures].map(({ name }) => name);

const pairsOf = (name: string) => (findArchitecture(name).views ? OF_VIEWS.here : PAIRS);

testCases("each architecture, trained on few pairs of digits", named, async (name) =>
  caseOf(name, await trainedBriefly(name), await digitPairs(pairsOf(name))),
);

/** As people train them: their weights are larger, and so is what rounding does. */
const WHOLE = { trainPairs: 1000, testPairs: 1000 } as const;
const LONG = { ...WHOLE, epochs: all ? 25 : 8 };
const TRAINED = { quick: WHOLE, matching: LONG, "one-by-one": LONG, "weight-sharing-auxiliary": LONG };

testCases("networks as they are trained", Object.keys(TRAINED), async (name) =>
  exactCaseOf(name, await trainedBriefly(name, TRAINED[name as keyof typeof TRAINED]), await digitPairs(1000)),
);
