import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { experiments } from "../../core/index.js";
import { EXPERIMENT_NAMES, experimentCommands } from "./experiments.js";

test("each folder of an experiment has a row, under its name", () => {
  const folders = readdirSync(new URL("../../core/experiments", import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "shared")
    .map(({ name }) => name);
  expect(Object.keys(experiments).toSorted()).toEqual(folders.toSorted());
  for (const [name, experiment] of Object.entries(experiments)) expect(experiment.name).toBe(name);
});

test("each has a command, in the same order", () => {
  expect(EXPERIMENT_NAMES).toEqual(Object.keys(experiments));
  expect(experimentCommands().map((command) => command.name())).toEqual(EXPERIMENT_NAMES);
});

test("every command is asked for a folder and a form of its results", () => {
  for (const command of experimentCommands())
    expect(command.options.map(({ long }) => long)).toEqual(expect.arrayContaining(["--out", "--json", "--quiet"]));
});
