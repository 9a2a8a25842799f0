import { PARTS } from "./parts.js";

const part = process.env.MUTATION_PART;
const folder = PARTS[part];

export default {
  testRunner: "vitest",
  vitest: { configFile: "mutation/vitest.config.js", related: false },
  plugins: ["@stryker-mutator/vitest-runner"],
  coverageAnalysis: "perTest",
  mutate: [`${folder}/**/*.ts`, "!**/*.test.ts", "!**/index.ts"],
  // The sandbox is a copy of all else. Stryker's own rewriting of tsconfig.json is of an older TypeScript.
  ignorePatterns: ["/biome.json", "/docs", "/dist/web", "/mutation/report", "/report", "/runs", "/site", "/src/web"],
  tsconfigFile: "none",
  disableTypeChecks: false,
  tempDirName: "mutation/.sandbox",
  reporters: ["clear-text", "progress-append-only", "json", "html"],
  clearTextReporter: { allowColor: false, logTests: false, allowEmojis: false },
  jsonReporter: { fileName: `mutation/report/${part}.json` },
  htmlReporter: { fileName: `mutation/report/${part}.html` },
  concurrency: 2,
  // A loop that does not end is found by how often it passes the mutant; the clock may be slow where the machine is busy.
  timeoutMS: 10_000,
  thresholds: { high: 95, low: 85, break: 85 },
};
