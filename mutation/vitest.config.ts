import { defineConfig } from "vitest/config";

/** The unit tests of what is mutated, and nothing that builds or installs: stryker runs them once for each mutant. */
export default defineConfig({
  test: {
    include: ["src/core/formats/**/*.test.ts", "src/core/statistics/**/*.test.ts", "src/node/runs/**/*.test.ts"],
    testTimeout: 60_000,
  },
});
