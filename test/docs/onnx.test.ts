import { readFileSync } from "node:fs";
import { symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { beforeAll } from "vitest";
import { findCommand, ONNX_PYTHON } from "../support/programs.js";
import { blocksOf } from "./blocks.js";
import { testDocument } from "./document.js";

const { folder } = testDocument("docs/onnx.md");

/** What the reader has installed, and the tutorial's script, which makes the folder of flags. */
beforeAll(async () => {
  const installed = join(folder(), "node_modules");
  await symlink(resolve("test/tools/node_modules/onnxruntime-web"), join(installed, "onnxruntime-web"));
  await symlink(findCommand(ONNX_PYTHON) as string, join(installed, ".bin/python3"));
  process.env.PYTHONPATH = resolve("test/onnx/python");
  const script = blocksOf(readFileSync("docs/tutorial.md", "utf8")).find(({ fileName }) => fileName === "flags.mjs");
  await writeFile(join(folder(), "flags.mjs"), script?.text ?? "");
});
