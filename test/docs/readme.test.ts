import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll } from "vitest";
import { blocksOf } from "./blocks.js";
import { testDocument } from "./document.js";

const { folder, type } = testDocument("README.md");

/** The README leaves it to the tutorial to make the folder of flags. */
beforeAll(async () => {
  const script = blocksOf(readFileSync("docs/tutorial.md", "utf8")).find(({ fileName }) => fileName === "flags.mjs");
  await writeFile(join(folder(), "flags.mjs"), script?.text ?? "");
  await type("node flags.mjs");
});
