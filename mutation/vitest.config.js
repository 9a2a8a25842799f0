import { defineConfig } from "vitest/config";
import { PARTS } from "./parts.js";

/** The unit tests of the part that is mutated, and nothing that builds or installs: they run for each mutant. */
export default defineConfig({
  test: {
    include: [`${PARTS[process.env.MUTATION_PART]}/**/*.test.ts`],
    setupFiles: ["mutation/leave-out-long.js"],
    // What is worked out as a module loads is changed in a fresh module alone.
    isolate: true,
    testTimeout: 120_000,
  },
});
