/**
 * Changes pairlab's code in one place at a time and sees whether a test notices: `npm run mutation` for all parts, `npm run mutation --
 * formats` for one, further words are Stryker's options. Ends with 1 where a part's tests notice less than 85%.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { PARTS } from "./parts.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const stryker = here("node_modules/@stryker-mutator/core/bin/stryker.js");

const [first, ...options] = process.argv.slice(2);
const known = first !== undefined && Object.hasOwn(PARTS, first);
const parts = known ? [first] : Object.keys(PARTS);
for (const part of parts) {
  const { status } = spawnSync(
    process.execPath,
    [stryker, "run", here("stryker.config.js"), ...(known || first === undefined ? options : [first, ...options])],
    { stdio: "inherit", env: { ...process.env, MUTATION_PART: part } },
  );
  if (status !== 0) process.exitCode = 1;
}
