import { defineConfig } from "vitest/config";

/** Tests that put something in a module's place, which others in the same process must not meet. */
const MOCKING = ["src/node/files.test.ts"];

export default defineConfig({
  test: {
    globalSetup: ["test/setup/built.ts"],
    testTimeout: 60_000,
    // Programs that are tested wait for each other and for disks: one at a time leaves half of a small machine idle.
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        // Loading what is tested anew for each of 180 files takes longer than the tests.
        test: { name: "units", include: ["src/**/*.test.ts"], exclude: MOCKING, isolate: false },
      },
      { extends: true, test: { name: "programs", include: ["test/**/*.test.ts", ...MOCKING] } },
    ],
  },
});
