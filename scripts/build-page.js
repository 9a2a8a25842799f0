/** Builds the page into dist/web, where something that it is made of is newer than what was made of it. */
import { readdirSync, statSync } from "node:fs";

const OUTPUT = "dist/web/index.html";
const SOURCES = ["package.json", "package-lock.json", "dist/core/kernels/kernels.wasm"];
const FOLDERS = ["src/core", "src/web"];

const changed = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const sources = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => !name.includes(".test."))
    .map((name) => `${folder}/${name}`),
);
const newest = Math.max(...[...SOURCES, ...sources].map(changed));

if (changed(OUTPUT) <= newest) {
  // Loading the bundler takes a second, which only a change should cost.
  const { build } = await import("vite");
  await build({ configFile: "src/web/vite.config.ts", logLevel: "warn" });
}
