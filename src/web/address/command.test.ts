import { expect, test } from "vitest";
import { PAPER_NETWORKS } from "../../core/architectures/registry.js";
import { addArchitectures, flatten, linear, makeJob, type SettingOverrides } from "../../core/index.js";
import { DIGIT_PAIRS } from "../../core/network/index.js";
import { START } from "./address.js";
import { changedSettings, experimentCommand, runCommand } from "./command.js";

const dataset = { name: "none", sha256: "0" };

test("the paper's networks are its reproduction, others a comparison, one of one seed a training", () => {
  expect(experimentCommand(START)).toBe("npx pairlab reproduce --seed 0 --rounds 1 --no-config");
  expect(experimentCommand({ ...START, networks: [...PAPER_NETWORKS].reverse() })).toBe(
    "npx pairlab reproduce --seed 0 --rounds 1 --no-config",
  );
  expect(experimentCommand({ ...START, networks: ["mlp", "best"], settings: { dropout: 0 } })).toBe(
    "npx pairlab compare mlp best --seed 0 --rounds 1 --dropout 0 --no-config",
  );
  expect(experimentCommand({ ...START, networks: ["mlp"], rounds: 1, seed: 7, settings: { trainPairs: 50 } })).toBe(
    "npx pairlab train mlp --seed 7 --pairs 50 --no-config",
  );
});

test("one network over several seeds is one training each", () => {
  expect(experimentCommand({ ...START, networks: ["mlp"], rounds: 2, seed: 7 })).toBe(
    "npx pairlab train mlp --seed 7 --no-config\nnpx pairlab train mlp --seed 8 --no-config",
  );
  expect(experimentCommand({ ...START, networks: [] })).toBe("");
});

test("a run's command has the settings that are not its own, and makes the same run again", () => {
  const changes = { epochs: 3, optimizer: "sgd", auxiliaryWeight: 2, trainPairs: 40 } as const;
  const make = (settings: SettingOverrides) =>
    makeJob("best", 3, { ...dataset, shape: DIGIT_PAIRS }, { version: "0", simd: "base", kernels: "0" }, settings);
  const job = make(changes);
  expect(runCommand(job)).toBe(
    "npx pairlab train best --seed 3 --epochs 3 --auxiliary-weight 2 --pairs 40 --optimizer sgd --no-config",
  );
  expect(make(changedSettings(job)).id).toBe(job.id);
  expect(runCommand(make({}))).toBe("npx pairlab train best --seed 3 --no-config");
});

test("a list of pairs says its question, so that no command does", () => {
  const listed = { relation: "listed-match", share: 0.5 } as const;
  const shape = { height: 16, width: 16, channels: 3, classes: 0 };
  const job = makeJob("matching", 3, { ...dataset, shape, listed }, { version: "0", simd: "base", kernels: "0" }, {});
  expect(runCommand(job)).toBe("npx pairlab train matching --seed 3 --no-balance --no-config");
});

test("a command about networks of one's own reads them from a file", () => {
  const mine = { name: "mine", head: [flatten(), linear(2)], epochs: 3 };
  addArchitectures([mine]);
  const chosen = { ...START, networks: ["mlp", "mine"], own: [mine] };
  expect(experimentCommand(chosen, ["--size 8x8"])).toBe(
    "npx pairlab compare mlp mine --seed 0 --rounds 1 --size 8x8 --config networks.json",
  );
  const images = { ...dataset, shape: DIGIT_PAIRS };
  const job = makeJob("mine", 3, images, { version: "0", simd: "base", kernels: "0" }, { epochs: 4 });
  expect(runCommand(job, [mine])).toBe("npx pairlab train mine --seed 3 --epochs 4 --config networks.json");
  // What the file says of it decides what the command says.
  expect(runCommand(job, [{ ...mine, epochs: 4 }])).toBe("npx pairlab train mine --seed 3 --config networks.json");
});
