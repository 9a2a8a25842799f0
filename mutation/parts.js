/** What is mutated, and tested by the unit tests that stand in the same folder. */
export const PARTS = { statistics: "src/core/statistics", formats: "src/core/formats", runs: "src/node/runs" };
