import { expect, test } from "vitest";
import { syntheticReproduction } from "../../../../test/support/reproduction.js";
import { changedSettings } from "./changed-settings.js";

test("settings that are not an architecture's own are listed with the own ones", () => {
  const errors = { "weight-sharing-auxiliary": { train: 2, test: 84 } };
  const overrides = { labelSmoothing: 0.1, views: "shifts", pairWeight: 0.5 } as const;
  const { records } = syntheticReproduction({ errors, overrides });
  expect(changedSettings(records)).toEqual(
    ["pair weight 0.5 instead of 1", "label smoothing 0.1 instead of 0", "views shifts instead of none"].map(
      (change) => ({ change, architectures: ["weight-sharing-auxiliary"] }),
    ),
  );
});

test("what turns off what is off already changes nothing", () => {
  const { records } = syntheticReproduction({ overrides: { labelSmoothing: 0, views: "none" } });
  expect(changedSettings(records)).toEqual([]);
  for (const { config } of records) expect(Object.keys(config)).not.toContain("views");
});
