import { expect, test } from "vitest";
import { engine, stripes } from "../../../test/support/jobs.js";
import { shapedDataset } from "../../core/experiments/shared/apparatus.js";
import { addArchitectures, flatten, linear, makeJob, relu } from "../../core/index.js";
import { networkTitle } from "./network-title.js";

const identity = { name: "stripes", sha256: "0".repeat(64) };
const dataset = shapedDataset({ dataset: { train: stripes, test: stripes, identity } });
const job = (name: string) => makeJob(name, 0, dataset, engine);

test("a title, or the name of what this version does not know", () => {
  expect(networkTitle(job("weight-sharing"))).toBe("weight sharing");
  expect(networkTitle({ ...job("weight-sharing"), architecture: "from-the-future" })).toBe("from-the-future");
});

test("a run whose network's name is now another's says so", () => {
  const network = {
    name: "mine",
    title: "my own",
    trunk: [flatten(), linear(10)],
    head: [linear(2)],
    auxiliaryWeight: 1,
  };
  addArchitectures([network]);
  const before = job("mine");
  expect(networkTitle(before)).toBe("my own");
  // Not its layers: another title, and how it is trained.
  addArchitectures([{ ...network, title: "another title", epochs: 3 }]);
  expect(networkTitle(before)).toBe("another title");
  addArchitectures([{ ...network, head: [relu(), linear(2)] }]);
  expect(networkTitle(before)).toBe("mine with other layers");
  expect(networkTitle(job("mine"))).toBe("my own");
  addArchitectures([{ ...network, trunks: "separate" }]);
  expect(networkTitle(before)).toBe("mine with other layers");
});
