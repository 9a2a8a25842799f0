import { expect, it } from "vitest";
import { readState } from "./protocol.js";

const STATE = {
  queue: "pairlab-1-000000000000",
  version: "0.1.0",
  simd: "base",
  dataset: "MNIST",
  host: "there",
  threads: 2,
  running: [{ id: "0123456789abcdef", epoch: 3 }],
};

it("a worker's state is read as it was written", () => {
  expect(readState(JSON.stringify(STATE))).toEqual(STATE);
});

it("what a later version says beside it does not hide its worker", () => {
  const later = { ...STATE, version: "9.0.0", memory: 1, running: [{ ...STATE.running[0], loss: 0.5 }] };
  expect(readState(JSON.stringify(later))).toEqual(later);
});

it.each(Object.keys(STATE))("a state without %s is of no worker: no value is put in its place", (name) => {
  const without = Object.fromEntries(Object.entries(STATE).filter(([each]) => each !== name));
  expect(readState(JSON.stringify(without))).toBeUndefined();
});

it("a state of a build that this version does not know is of no worker", () => {
  expect(readState(JSON.stringify({ ...STATE, simd: "relaxed" }))).toBeUndefined();
});
