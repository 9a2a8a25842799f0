import { csv } from "../../../../core/formats/csv.js";
import { picked } from "../../../../core/picked.js";
import { type Annotations, groupTags, NO_ANNOTATIONS } from "../../../../core/runs/annotations.js";
import { flatten } from "../../../../core/runs/flat.js";
import { type GroupSummary, summarizeGroup } from "../../../../core/runs/group-summary.js";
import type { RunGroup } from "../../../../core/runs/groups.js";
import { lastOf } from "../../../../core/runs/order.js";
import type { RunSummary } from "../../../../core/training/run.js";

/** When something was trained or asked for last: ISO 8601, UTC. */
interface Used {
  readonly lastUsed: string;
}

type Times = ReadonlyMap<string, number>;

/** The tags and notes of runs that have some, by id. */
type Said = ReadonlyMap<string, Annotations>;

/** A run's tags and note, each if it has some. */
export const saidOf = ({ tags, note }: Annotations = NO_ANNOTATIONS): Partial<Annotations> => ({
  ...(tags.length > 0 && { tags }),
  ...(note && { note }),
});

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** `pairlab runs --json`'s groups. A group's tags are those that one of its runs has. */
export function groupsDocument(
  groups: readonly RunGroup[],
  used: Times,
  said: Said,
): { groups: (GroupSummary & Used & Pick<Partial<Annotations>, "tags">)[] } {
  return {
    groups: groups.map((group) => {
      const tags = [...groupTags(group, said).keys()];
      return {
        ...summarizeGroup(group),
        ...(tags.length > 0 && { tags }),
        lastUsed: isoTime(lastOf(group, used).time),
      };
    }),
  };
}

const RUN_FIELDS = [
  ...(["id", "architecture", "seed", "config", "parameters"] as const),
  ...([
    "trainError",
    "testError",
    "testYes",
    "diverged",
    "seconds",
    "processorSeconds",
    "yardstickSeconds",
    "weightsSha256",
  ] as const),
];

/** `pairlab runs --all --json`'s runs. */
export function runsDocument(
  groups: readonly RunGroup[],
  used: Times,
  said: Said,
): { runs: (RunSummary & Used & Partial<Annotations>)[] } {
  return {
    runs: groups.flatMap(({ records }) =>
      records.map((record) => ({
        ...picked(record, ...RUN_FIELDS),
        ...saidOf(said.get(record.id)),
        lastUsed: isoTime(used.get(record.id) ?? 0),
      })),
    ),
  };
}

/** Where a run diverged. */
export const DIVERGED = ["epoch", "step", "what"] as const;

/**
 * A line for each run, a column for each value of a configuration that one of them has. Where one has tags or a note, their columns
 * follow. The columns of where runs diverged come last, where one did.
 */
export function runsCsv(runs: readonly RunSummary[], said: Said): string {
  const settings = new Map(runs.map(({ config }) => [config, flatten(config)]));
  const keys = [...new Set([...settings.values()].flatMap((each) => [...each.keys()]))];
  const lost = runs.some(({ diverged }) => diverged) ? DIVERGED : [];
  const isSaid = runs.some(({ id }) => said.has(id));
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
        ...(isSaid ? [said.get(id)?.tags.join(" "), said.get(id)?.note] : []),
        ...lost.map((name) => diverged?.[name]),
      ];
    },
  );
  const words = isSaid ? ["tags", "note"] : [];
  const where = lost.map((name) => `diverged.${name}`);
  const columns = ["trainError", "testError", "seconds", "weightsSha256", ...words, ...where];
  const head = ["id", "architecture", "seed", ...keys, ...columns];
  return csv([head, ...rows]);
}
