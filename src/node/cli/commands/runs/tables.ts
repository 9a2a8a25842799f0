import { divergedCount, divergedOf, errorText, finishedOf } from "../../../../core/experiments/shared/diverged.js";
import { centerOf, type Spread } from "../../../../core/experiments/shared/spread.js";
import { distinctions } from "../../../../core/runs/distinctions.js";
import { errorOver } from "../../../../core/runs/group-summary.js";
import type { RunGroup } from "../../../../core/runs/groups.js";
import { seedRanges } from "../../../../core/runs/seeds.js";
import { duration, localTime, meanAndSpread, percentInterval } from "../../../../core/text/format.js";
import { lastOf } from "../../../runs/order.js";
import { type Field, fitTable } from "../../terminal/columns.js";
import type { Lines } from "../../terminal/lines.js";

/** Characters of the narrowest columns of names, settings and seeds. */
const NAMES = 18;
const SETTINGS = 24;
const SEEDS = 8;

/**
 * A row for each group.
 *
 * @param used  when each run was used last, in milliseconds since 1970
 * @param short  what names each run, in place of its id
 * @param width  characters of a line
 */
export function groupTable(
  groups: readonly RunGroup[],
  used: ReadonlyMap<string, number>,
  short: ReadonlyMap<string, string>,
  width: number,
): Lines {
  const words = distinctions(groups);
  const tests = groups.map(({ records }) => errorOver(records, "testError", records[0]?.seed ?? 0));
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
  const apart = lost.map((column) => [column]);
  return fitTable(
    [
      { left: beside.length, columns: [...beside, [n], ...apart, [seeds], [test], [interval], [train], [time], [run]] },
      { left: 1, columns: [beneath, [n], ...apart, [seeds], [test], [interval], [train], [time], [run]] },
      { left: 1, columns: [beneath, [n, ...lost, seeds], [test, interval], [train, time], [run]] },
    ],
    width,
  );
}

/** A row for each run of groups. */
export function runTable(groups: readonly RunGroup[], width: number): Lines {
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
  const seed: Field = { title: "seed", cells: runs.map(({ run }) => String(run.seed)) };
  const test: Field = { title: "test error", cells: runs.map(({ run }) => errorText(run, run.testError)) };
  const time: Field = { title: "time", cells: runs.map(({ run }) => duration(run.seconds)) };
  return fitTable(
    [
      { left: 1 + beside.length, columns: [[id], ...beside, [seed], [test], [time]] },
      { left: 2, columns: [[id], beneath, [seed], [test], [time]] },
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
