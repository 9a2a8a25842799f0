import {
  type ArchitectureComparison,
  compareArchitectures,
  type ExperimentContext,
  type RunRecord,
  type RunSummary,
} from "../../core/index.js";
import { type NetworkSummary, summarizeNetwork } from "./summary.js";

/** Bootstraps and permutation tests. They run in a worker because they take longer than a frame. */
export const methods = {
  summarize({ runs, seed }: { readonly runs: readonly RunSummary[]; readonly seed: number }): NetworkSummary {
    return summarizeNetwork(runs, seed);
  },

  compare({
    networks,
    records,
    context,
  }: {
    readonly networks: readonly string[];
    readonly records: readonly RunRecord[];
    readonly context: ExperimentContext;
  }): ArchitectureComparison {
    return compareArchitectures(networks, records, context);
  },
};

export type AnalysisMethods = typeof methods;
