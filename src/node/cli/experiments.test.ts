import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import * as library from "../../core/index.js";
import { EXPERIMENT_NAMES, experimentCommands } from "./experiments.js";

const FOLDERS = readdirSync(new URL("../../core/experiments", import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "shared")
  .map(({ name }) => name);

test("every experiment has a command, and every command is an experiment", () => {
  expect(EXPERIMENT_NAMES.toSorted()).toEqual(FOLDERS.toSorted());
  expect(experimentCommands().map((command) => command.name())).toEqual(EXPERIMENT_NAMES);
});

test.each(FOLDERS)("the library has the experiment %s, under that name", (name) => {
  expect(library).toHaveProperty(name, expect.objectContaining({ name, plan: expect.any(Function) }));
});

test("every experiment is asked for a folder and a form of its results", () => {
  for (const command of experimentCommands())
    expect(command.options.map(({ long }) => long)).toEqual(expect.arrayContaining(["--out", "--json", "--quiet"]));
});
