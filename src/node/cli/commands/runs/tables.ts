import {
  CONSTANT_COLUMN,
  constantCell,
  constantRoundsOf,
  withConstantAnswers,
} from "../../../../core/experiments/shared/constant-answer.js";
import { divergedCount, divergedOf, errorText, finishedOf } from "../../../../core/experiments/shared/diverged.js";
import { centerOf, type Spread } from "../../../../core/experiments/shared/spread.js";
import { type Annotations, groupTags } from "../../../../core/runs/annotations.js";
import { distinctions } from "../../../../core/runs/distinctions.js";
import { errorOver } from "../../../../core/runs/group-summary.js";
import type { RunGroup } from "../../../../core/runs/groups.js";
import { lastOf } from "../../../../core/runs/order.js";
import { seedRanges } from "../../../../core/runs/seeds.js";
import { duration, localTime, meanAndSpread, percentInterval } from "../../../../core/text/format.js";
import { type Field, fitTable } from "../../terminal/columns.js";
import type { Lines } from "../../terminal/lines.js";

/** Characters of the narrowest columns of names, settings and seeds. */
const NAMES = 18;
const SETTINGS = 24;
const SEEDS = 8;
/** Of tags: two words. */
const TAGS = 16;

/** What is known of runs beside their records, by id. */
interface Beside {
  /** When each was used last, in milliseconds since 1970. */
  readonly used: ReadonlyMap<string, number>;
  /** What names each, in place of its id. */
  readonly short: ReadonlyMap<string, string>;
  /** Of those that have tags or a note. */
  readonly annotations: ReadonlyMap<string, Annotations>;
}

/**
 * A row for each group.
 *
 * @param width  characters of a line
 */
export function groupTable(groups: readonly RunGroup[], { used, short, annotations }: Beside, width: number): Lines {
  const words = distinctions(groups);
  const tests = groups.map(({ records }) => errorOver(records, "testError"));
  const field = (title: string, cell: (group: RunGroup, i: number) => string, narrowest?: number): Field => ({
    title,
    cells: groups.map(cell),
    ...(narrowest !== undefined && { narrowest }),
  });
  const architecture = field("architecture", (group) => group.architecture, NAMES);
  const settings = field("settings", (_, i) => (words[i] ?? []).join(", "), SETTINGS);
  const [beside, beneath] = settingsColumns(architecture, settings);
  const n = field("n", ({ records }) => String(records.length));
  const seeds = field("seeds", ({ records }) => seedRanges(records.map(({ seed }) => seed)), SEEDS);
  const lost = groups.some(({ records }) => divergedCount(records).diverged)
    ? [field("diverged", ({ records }) => divergedOf(records))]
    : [];
  const said = groups.map(({ records }) => withConstantAnswers(records));
  const constant = said.some((runs) => constantRoundsOf(runs).constantRounds)
    ? [field(CONSTANT_COLUMN.toLowerCase(), (_, i) => constantCell(said[i] ?? []))]
    : [];
  const test = field("test error", (_, i) => meanAndSpread(tests[i] as Spread));
  const interval = field("95% interval", (_, i) => percentInterval(tests[i]?.ci95 ?? null));
  const train = field("train error", ({ records }) => {
    return meanAndSpread(centerOf(finishedOf(records).map(({ trainError }) => trainError)));
  });
  const time = field("last used", (group) => localTime(lastOf(group, used).time));
  const run = field("run", (group) => {
    const { id } = lastOf(group, used);
    return short.get(id) ?? id;
  });
  const tags = taggedField(groups.map((group) => tagsInWords(group, annotations)));
  const apart = (fields: readonly Field[]) => fields.map((column) => [column]);
  return fitTable(
    [
      {
        left: beside.length + tags.length,
        columns: [
          ...beside,
          ...apart(tags),
          [n],
          ...apart(lost),
          ...[[seeds], [test], ...apart(constant), [interval], [train], [time], [run]],
        ],
      },
      {
        left: 1,
        columns: [
          ...[[...beneath, ...tags], [n], ...apart(lost)],
          ...[[seeds], [test], ...apart(constant), [interval], [train], [time], [run]],
        ],
      },
      {
        left: 1,
        columns: [[...beneath, ...tags], [n, ...lost, seeds], [test, ...constant, interval], [train, time], [run]],
      },
    ],
    width,
  );
}

/** A column of tags, where there are some. */
const taggedField = (cells: readonly string[]): Field[] =>
  cells.some((cell) => cell !== "") ? [{ title: "tags", cells, narrowest: TAGS }] : [];

/** A group's tags, each with how many of the runs have it, if not all. */
const tagsInWords = (group: RunGroup, annotations: Beside["annotations"]): string =>
  [...groupTags(group, annotations)]
    .map(([tag, count]) => (count < group.records.length ? `${tag} (${count} of ${group.records.length})` : tag))
    .join(", ");

/** A row for each run of groups. */
export function runTable(
  groups: readonly RunGroup[],
  annotations: ReadonlyMap<string, Annotations>,
  width: number,
): Lines {
  const words = distinctions(groups);
  const runs = groups.flatMap(({ records }, i) =>
    records.map((run) => ({ run, settings: (words[i] ?? []).join(", ") })),
  );
  const id: Field = { title: "run", cells: runs.map(({ run }) => run.id) };
  const architecture: Field = {
    title: "architecture",
    cells: runs.map(({ run }) => run.architecture),
    narrowest: NAMES,
  };
  const settings: Field = { title: "settings", cells: runs.map((each) => each.settings), narrowest: SETTINGS };
  const [beside, beneath] = settingsColumns(architecture, settings);
  const tags = taggedField(runs.map(({ run }) => (annotations.get(run.id)?.tags ?? []).join(", ")));
  const seed: Field = { title: "seed", cells: runs.map(({ run }) => String(run.seed)) };
  const test: Field = { title: "test error", cells: runs.map(({ run }) => errorText(run, run.testError)) };
  const time: Field = { title: "time", cells: runs.map(({ run }) => duration(run.seconds)) };
  return fitTable(
    [
      {
        left: 1 + beside.length + tags.length,
        columns: [[id], ...beside, ...tags.map((column) => [column]), [seed], [test], [time]],
      },
      { left: 2, columns: [[id], [...beneath, ...tags], [seed], [test], [time]] },
    ],
    width,
  );
}

/** Columns with the settings beside the architecture, and one with them beneath; without settings, only the architecture. */
function settingsColumns(architecture: Field, settings: Field): [beside: Field[][], beneath: Field[]] {
  if (settings.cells.every((cell) => cell === "")) return [[[architecture]], [architecture]];
  return [
    [[architecture], [settings]],
    [architecture, { ...settings, narrowest: NAMES }],
  ];
}
