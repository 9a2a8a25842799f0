import {
  type ArchitectureComparison,
  type ComparedVariant,
  compareArchitectures,
} from "../../core/experiments/compare/comparison.js";
import type { ExperimentContext } from "../../core/experiments/shared/context.js";
import type { OwnArchitecture, RunRecord, RunSummary } from "../../core/index.js";
import type { StoredGroup } from "../../core/runs/store-document.js";
import { storedGroups } from "../../core/runs/stored-groups.js";
import { addNetworks } from "../address/networks.js";
import { type NetworkSummary, summarizeNetwork } from "./summary.js";

/** Intervals and permutation tests. They run in a worker because they take longer than a frame. */
export const methods = {
  summarize({ runs }: { readonly runs: readonly RunSummary[] }): NetworkSummary {
    return summarizeNetwork(runs);
  },

  compare({
    compared,
    own,
    records,
    context,
  }: {
    readonly compared: readonly (string | ComparedVariant)[];
    readonly own: readonly OwnArchitecture[];
    readonly records: readonly RunRecord[];
    readonly context: ExperimentContext;
  }): ArchitectureComparison {
    addNetworks(own);
    return compareArchitectures(compared, records, context);
  },

  group({
    records,
    used,
    own,
  }: {
    readonly records: readonly RunSummary[];
    readonly used: ReadonlyMap<string, number>;
    readonly own: readonly OwnArchitecture[];
  }): StoredGroup[] {
    addNetworks(own);
    return storedGroups(records, used);
  },
};

export type AnalysisMethods = typeof methods;
