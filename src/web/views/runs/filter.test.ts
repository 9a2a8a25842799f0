import { expect, test } from "vitest";
import { smallJob } from "../../../../test/support/jobs.js";
import { filterGroups, keyOf } from "./filter.js";

const GROUPS = [
  { architecture: "mlp", differs: [] },
  { architecture: "mlp", differs: ["epochs 3", "dropout 0.2"] },
  { architecture: "one-by-one", differs: ["epochs 3"] },
];

const found = (text: string): number[] => filterGroups(GROUPS, text).map((each) => GROUPS.indexOf(each as never));

test("every word is found in the architecture or in what differs, in any case and order", () => {
  expect(found("")).toEqual([0, 1, 2]);
  expect(found("  ")).toEqual([0, 1, 2]);
  expect(found("MLP")).toEqual([0, 1]);
  expect(found("epochs 3")).toEqual([1, 2]);
  expect(found("0.2 mlp")).toEqual([1]);
  expect(found("mlp one")).toEqual([]);
  expect(filterGroups([{ architecture: "simple-cnn", differs: [] }], "simple cnn")).toHaveLength(1);
  expect(filterGroups([{ architecture: "simple-cnn", differs: [] }], "simple-cnn")).toHaveLength(1);
  // Words may not run from one setting into the next.
  expect(found("3dropout")).toEqual([]);
});

test("a group's key follows from its settings, whatever its images are called", () => {
  const { architecture, config } = smallJob("mlp", { epochs: 3 }, 0);
  const key = keyOf({ architecture, config });
  expect(keyOf({ architecture, config: smallJob("mlp", { epochs: 3 }, 5).config })).toBe(key);
  expect(keyOf({ architecture, config: { ...config, dataset: { ...config.dataset, name: "digits" } } })).toBe(key);
  expect(keyOf({ architecture, config: { ...config, epochs: 4 } })).not.toBe(key);
  expect(keyOf({ architecture: "one-by-one", config })).not.toBe(key);
});
