import { type ArchitectureComparison, compareArchitectures } from "../../core/experiments/compare/comparison.js";
import type { ExperimentContext } from "../../core/experiments/shared/context.js";
import type { OwnArchitecture, RunRecord, RunSummary } from "../../core/index.js";
import { addNetworks } from "../address/networks.js";
import { type NetworkSummary, summarizeNetwork } from "./summary.js";

/** Intervals and permutation tests. They run in a worker because they take longer than a frame. */
export const methods = {
  summarize({ runs }: { readonly runs: readonly RunSummary[] }): NetworkSummary {
    return summarizeNetwork(runs);
  },

  compare({
    networks,
    own,
    records,
    context,
  }: {
    readonly networks: readonly string[];
    readonly own: readonly OwnArchitecture[];
    readonly records: readonly RunRecord[];
    readonly context: ExperimentContext;
  }): ArchitectureComparison {
    addNetworks(own);
    return compareArchitectures(networks, records, context);
  },
};

export type AnalysisMethods = typeof methods;
