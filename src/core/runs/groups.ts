import { listOf, partly, text } from "../checks.js";
import type { RunConfig, RunSummary } from "../training/index.js";

/** Runs that differ only in their seed. */
export interface RunGroup<Run extends RunSummary = RunSummary> {
  readonly architecture: string;
  /** Of the first of them; data sets of other names have the same images. */
  readonly config: RunConfig;
  /** By seed, ascending. */
  readonly records: readonly Run[];
}

/** Groups of runs that differ only in the seed, in the order of the first run of each. */
export function groupRuns<Run extends RunSummary>(records: readonly Run[]): RunGroup<Run>[] {
  listOf(partly({ architecture: text, config: partly({ dataset: partly({}) }) }))(records, "records");
  const groups = new Map<string, Run[]>();
  /** Records that were read together may share a configuration. */
  const known = new Map<RunConfig, string>();
  for (const record of records) {
    const { architecture, config } = record;
    const settings = known.get(config) ?? settingsKey(config);
    known.set(config, settings);
    const key = `${architecture} ${settings}`;
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return [...groups.values()].map((group) => {
    const { architecture, config } = group[0] as Run;
    return { architecture, config, records: group.sort((a, b) => a.seed - b.seed) };
  });
}

/** The same text for the same network and settings, under any name. As in a run's id, a data set's name does not count. */
export const settingsKey = (config: RunConfig): string =>
  JSON.stringify({ ...config, dataset: config.dataset.sha256 }, (_, value) => inOrder(value));

/** An object with its fields in alphabetical order. */
function inOrder(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
