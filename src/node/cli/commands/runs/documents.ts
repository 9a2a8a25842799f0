import { csv } from "../../../../core/formats/csv.js";
import { picked } from "../../../../core/picked.js";
import { flatten } from "../../../../core/runs/flat.js";
import { type GroupSummary, summarizeGroup } from "../../../../core/runs/group-summary.js";
import type { RunGroup } from "../../../../core/runs/groups.js";
import type { RunSummary } from "../../../../core/training/run.js";
import { lastOf } from "../../../runs/order.js";

/** When something was trained or asked for last: ISO 8601, UTC. */
interface Used {
  readonly lastUsed: string;
}

type Times = ReadonlyMap<string, number>;

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** `pairlab runs --json`'s groups. */
export function groupsDocument(groups: readonly RunGroup[], used: Times): { groups: (GroupSummary & Used)[] } {
  return {
    groups: groups.map((group) => ({ ...summarizeGroup(group), lastUsed: isoTime(lastOf(group, used).time) })),
  };
}

const RUN_FIELDS = [
  ...(["id", "architecture", "seed", "config", "parameters"] as const),
  ...(["trainError", "testError", "diverged", "seconds", "weightsSha256"] as const),
];

/** `pairlab runs --all --json`'s runs. */
export function runsDocument(groups: readonly RunGroup[], used: Times): { runs: (RunSummary & Used)[] } {
  return {
    runs: groups.flatMap(({ records }) =>
      records.map((record) => ({
        ...picked(record, ...RUN_FIELDS),
        lastUsed: isoTime(used.get(record.id) ?? 0),
      })),
    ),
  };
}

/** Where a run diverged. */
const DIVERGED = ["epoch", "step", "what"] as const;

/**
 * A line for each run, a column for each value of a configuration that one of them has. The columns of where runs diverged come last,
 * where one did.
 */
export function runsCsv(runs: readonly RunSummary[]): string {
  const settings = new Map(runs.map(({ config }) => [config, flatten(config)]));
  const keys = [...new Set([...settings.values()].flatMap((each) => [...each.keys()]))];
  const lost = runs.some(({ diverged }) => diverged) ? DIVERGED : [];
  const rows = runs.map(
    ({ id, architecture, seed, config, trainError, testError, diverged, seconds, weightsSha256 }) => {
      const flat = settings.get(config);
      return [
        id,
        architecture,
        seed,
        ...keys.map((key) => flat?.get(key)),
        trainError,
        testError,
        seconds,
        weightsSha256,
        ...lost.map((name) => diverged?.[name]),
      ];
    },
  );
  const columns = ["trainError", "testError", "seconds", "weightsSha256", ...lost.map((name) => `diverged.${name}`)];
  const head = ["id", "architecture", "seed", ...keys, ...columns];
  return csv([head, ...rows]);
}
