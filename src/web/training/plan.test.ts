import { expect, test } from "vitest";
import { engine, stripes } from "../../../test/support/jobs.js";
import { planOf } from "./plan.js";

const dataset = { train: stripes, test: stripes, identity: { name: "stripes", sha256: "0".repeat(64) } };
const settings = { trainPairs: 50, testPairs: 50 };
const plan = (networks: readonly string[]) =>
  planOf({ networks, own: [], seed: 1, rounds: 2, settings }, { dataset, engine });

test("two names of one network are refused in the words of a comparison, and the others are planned", () => {
  const twins = ["weight-sharing-auxiliary", "trunk+sharing+auxiliary+batch-norm+dropout"] as const;
  const { jobs, refused } = plan([...twins, "mlp"]);
  expect([...refused]).toEqual([
    [twins[1], `${twins.join(" and ")} are the same network with the same settings: a comparison needs different ones`],
  ]);
  expect(jobs.map(({ architecture, seed }) => `${architecture} ${seed}`)).toEqual([
    "weight-sharing-auxiliary 1",
    "mlp 1",
    "weight-sharing-auxiliary 2",
    "mlp 2",
  ]);
});

test("a network by itself is compared with nothing", () => {
  const { jobs, refused } = plan(["mlp"]);
  expect([...refused]).toEqual([]);
  expect(jobs).toHaveLength(2);
});
