import { defineConfig } from "vitest/config";
import { PARTS } from "./parts.js";

/** The unit tests of the part that is mutated, and nothing that builds or installs: they run for each mutant. */
export default defineConfig({
  test: {
    include: [`${PARTS[process.env.MUTATION_PART]}/**/*.test.ts`],
    setupFiles: ["mutation/leave-out-long.js"],
    isolate: process.env.MUTATION_ISOLATE === "1",
    testTimeout: 120_000,
  },
});
