/** Bundles the library with the command line, their threads and the page, each only if one of its sources is newer than its bundle. */
import { readdirSync, statSync } from "node:fs";

const MADE_BY = ["package.json", "package-lock.json", "scripts/bundle"];
const BUNDLES = [
  // The first one empties their folder.
  ...Object.entries({ program: "main", threads: "worker" }).map(([mode, name]) => ({
    mode,
    output: `dist/program/${name}.js`,
    config: "scripts/bundle/program.config.ts",
    sources: ["dist/core", "dist/node", "dist/site"],
  })),
  {
    mode: "production",
    output: "dist/web/index.html",
    config: "src/web/vite.config.ts",
    sources: ["src/core", "src/site", "src/web", "dist/core/kernels"],
  },
];

const changed = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** A file, or all files of a folder. */
const filesOf = (path) =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path, { recursive: true })
        .filter((name) => !name.includes(".test.") && !name.endsWith(".tsbuildinfo"))
        .map((name) => `${path}/${name}`);

for (const { mode, output, config, sources } of BUNDLES) {
  const newest = Math.max(...[...MADE_BY, ...sources].flatMap(filesOf).map(changed));
  if (changed(output) > newest) continue;
  // Loading the bundler takes a second, which only a change should cost.
  const { build } = await import("vite");
  await build({ configFile: config, mode, logLevel: "warn" });
}
