import { readFileSync } from "node:fs";
import { symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { beforeAll } from "vitest";
import { installPackage } from "../support/installed.js";
import { findCommand, ONNX_PYTHON } from "../support/programs.js";
import { blocksOf } from "./blocks.js";
import { testDocument } from "./document.js";

/** A stranger's: the package's tarball, installed by npm in an empty folder. */
const { folder } = testDocument("docs/start.md", [], async () => (await installPackage()).folder);

/** What else the reader has, and the script that the document names. */
beforeAll(async () => {
  const installed = join(folder(), "node_modules");
  for (const name of ["@types", "svg-country-flags", "famfamfam-flags"])
    await symlink(resolve("node_modules", name), join(installed, name));
  await symlink(findCommand(ONNX_PYTHON) as string, join(installed, ".bin/python3"));
  await symlink(resolve("node_modules/typescript/bin/tsc"), join(installed, ".bin/tsc"));
  process.env.PYTHONPATH = resolve("test/onnx/python");
  const script = blocksOf(readFileSync("docs/onnx.md", "utf8")).find(({ fileName }) => fileName === "ask.py");
  await writeFile(join(folder(), "ask.py"), script?.text ?? "");
});
