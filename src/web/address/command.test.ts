import { expect, test } from "vitest";
import { PAPER_NETWORKS, START } from "./address.js";
import { experimentCommand, runCommand } from "./command.js";

test("the paper's networks are its reproduction, others a comparison, one of one seed a training", () => {
  expect(experimentCommand(START)).toBe("npx pairlab reproduce --seed 0 --rounds 3");
  expect(experimentCommand({ ...START, networks: [...PAPER_NETWORKS].reverse() })).toBe(
    "npx pairlab reproduce --seed 0 --rounds 3",
  );
  expect(experimentCommand({ ...START, networks: ["mlp", "best"], settings: { dropout: 0 } })).toBe(
    "npx pairlab compare mlp best --seed 0 --rounds 3 --dropout 0",
  );
  expect(experimentCommand({ ...START, networks: ["mlp"], rounds: 1, seed: 7, settings: { trainPairs: 50 } })).toBe(
    "npx pairlab train mlp --seed 7 --pairs 50",
  );
});

test("one network over several seeds is one training each", () => {
  expect(experimentCommand({ ...START, networks: ["mlp"], rounds: 2, seed: 7 })).toBe(
    "npx pairlab train mlp --seed 7\nnpx pairlab train mlp --seed 8",
  );
  expect(experimentCommand({ ...START, networks: [] })).toBe("");
});

test("a run's command has the settings that differ from its own", () => {
  expect(runCommand("best", 3, { epochs: 25, optimizer: "sgd" })).toBe(
    "npx pairlab train best --seed 3 --epochs 25 --optimizer sgd",
  );
});
