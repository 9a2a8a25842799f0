/**
 * Compiles the kernels for both targets of asconfig.json, where a source, or the lock file that names the compiler, is
 * newer than what was made of it.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";

const SOURCES = "src/core/kernels";
const { targets } = JSON.parse(readFileSync("asconfig.json", "utf8"));

const changed = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const inputs = ["asconfig.json", "package-lock.json", ...readdirSync(SOURCES).map((name) => `${SOURCES}/${name}`)];
const newest = Math.max(...inputs.map(changed));

for (const [target, { outFile }] of Object.entries(targets)) {
  if (changed(outFile) > newest) continue;
  // Loading the compiler takes a second, which only a change should cost.
  const { default: asc } = await import("assemblyscript/asc");
  const { error, stderr } = await asc.main(["--target", target]);
  process.stderr.write(stderr.toString());
  if (error) process.exit(1);
}
