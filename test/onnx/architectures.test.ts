import { architectures, furtherArchitectures, trunkArchitectures } from "../../src/core/architectures/index.js";
import { caseOf, digitPairs, trainedBriefly } from "./cases.js";
import { testCases } from "./expectations.js";

const named = [...architectures, ...furtherArchitectures, ...trunkArchitectures].map(({ name }) => name);

testCases("each architecture, trained on few pairs of digits", named, async (name) =>
  caseOf(name, await trainedBriefly(name), await digitPairs()),
);

/** As people train them: their weights are larger, and so is what rounding does. */
const WHOLE = { trainPairs: 1000, testPairs: 1000 } as const;
const TRAINED = {
  quick: WHOLE,
  matching: { ...WHOLE, epochs: 25 },
  "one-by-one": { ...WHOLE, epochs: 25 },
  "weight-sharing-auxiliary": { ...WHOLE, epochs: 25 },
};

testCases("networks as they are trained", Object.keys(TRAINED), async (name) =>
  caseOf(name, await trainedBriefly(name, TRAINED[name as keyof typeof TRAINED]), await digitPairs()),
);
