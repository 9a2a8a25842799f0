import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, resolve } from "node:path";
import { defineConfig, type Plugin } from "vitest/config";

/** Tests that put something in a module's place, which others in the same process must not meet. */
const MOCKING = ["src/node/files.test.ts", "test/store/forbidden.test.ts"];

/**
 * Has the tests of whole programs import what is built of the same source. Node.js loads that as it is, where each of their processes
 * would have to be sent a hundred transformed modules.
 */
const asBuilt: Plugin = {
  name: "as-built",
  enforce: "pre",
  resolveId(module, importer) {
    if (!importer || !module.startsWith(".")) return;
    const [, path] = /\/src\/((?:core|node|site)\/.+\.js)$/.exec(resolve(dirname(importer), module)) ?? [];
    const built = resolve("dist", path ?? "");
    return path && existsSync(built) ? built : undefined;
  },
};

export default defineConfig({
  test: {
    globalSetup: ["test/setup/built.ts"],
    setupFiles: ["test/setup/typed-arrays.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Programs that are tested wait for each other and for disks: one more than there are cores keeps these busy.
    maxWorkers: availableParallelism() + 1,
    // What is built needs no transformation.
    server: { deps: { external: [/\/dist\//] } },
    projects: [
      {
        extends: true,
        // Loading what is tested anew for each of 180 files takes longer than the tests.
        test: { name: "units", include: ["src/**/*.test.ts"], exclude: MOCKING, isolate: false },
      },
      { extends: true, test: { name: "mocking", include: MOCKING } },
      {
        extends: true,
        plugins: [asBuilt],
        test: { name: "programs", include: ["test/**/*.test.ts"], exclude: MOCKING },
      },
    ],
  },
});
