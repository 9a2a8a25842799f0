import Table from "cli-table3";
import { architectures } from "pairlab";
import type { ProfileRow } from "./profile.js";
import type { Result } from "./race.js";
import type { PaperSummary, Sum } from "./results.js";
import type { Shortened } from "./shortcuts.js";

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A table for the terminal: numbers to the right, words to the left. */
function table(columns: readonly string[], rows: readonly (readonly string[])[], words: readonly string[]): string {
  const drawn = new Table({
    head: [...columns],
    colAligns: columns.map((column) => (words.includes(column) ? "left" : "right")),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) drawn.push([...row]);
  return drawn.toString();
}

const short = (milliseconds: number): string => milliseconds.toFixed(milliseconds < 1000 ? 1 : 0);
const times = (ratio: number): string => `${ratio.toFixed(2)}×`;

/** One architecture's race. */
export function raceTable(architecture: string, results: readonly Result[]): string {
  const medianOf = (name: string): number => {
    const result = results.find((own) => own.name === name);
    return result && "median" in result ? result.median : Number.NaN;
  };
  const [base, relaxed] = [medianOf("pairlab base"), medianOf("pairlab relaxed")];
  const rows = results.map((result) => {
    if ("cannot" in result) return [result.name, "cannot", "", "", ""];
    const { name, median, least, most } = result;
    return [name, short(median), `${short(least)}–${short(most)}`, times(median / base), times(median / relaxed)];
  });
  const turns = results.find((result) => "turns" in result)?.turns ?? 0;
  const lines = [
    `\n${architecture}: ms of a training epoch, one thread, median of ${turns}`,
    table([architecture, "ms", "least–most", "of base", "of relaxed"], rows, [architecture]),
  ];
  for (const result of results) if ("cannot" in result) lines.push(`${result.name} cannot: ${result.cannot}`);
  return lines.join("\n");
}

/** All architectures side by side, and the sums. */
export function sumsTable(races: ReadonlyMap<string, readonly Result[]>, sums: Readonly<Record<string, Sum>>): string {
  const names = [...races.values()][0]?.map(({ name }) => name) ?? [];
  const rows = names.map((name) => {
    const cells = [...races.values()].map((results) => {
      const result = results.find((own) => own.name === name);
      return result && "median" in result ? short(result.median) : "cannot";
    });
    const sum = sums[name];
    const totals = sum ? [short(sum.milliseconds), times(sum.timesBase), times(sum.timesRelaxed)] : ["–", "–", "–"];
    return [name, ...cells, ...totals];
  });
  const columns = ["all", ...[...races.keys()].map(abbreviated), "sum", "of base", "of relaxed"];
  return `\nmedians, ms of a training epoch\n${table(columns, rows, ["all"])}`;
}

const abbreviated = (architecture: string): string =>
  architecture.replace("weight-sharing", "sharing").replace("-auxiliary", " + aux");

/** A profile, the longest first; `top` is the ceiling in GFLOP/s. */
export function profileTable(profile: readonly ProfileRow[], whole: number, top: number): string {
  const percent = (part: number) => `${(100 * part).toFixed(1)}%`;
  const sorted = profile.toSorted((a, b) => b.milliseconds - a.milliseconds);
  const rows = sorted.map(({ kernel, calls, milliseconds, gigaflops }) => [
    kernel,
    calls.toFixed(0),
    milliseconds.toFixed(3),
    percent(milliseconds / whole),
    ...(Number.isNaN(gigaflops) ? ["", ""] : [gigaflops.toFixed(1), percent(gigaflops / top)]),
  ]);
  const outside = Math.max(0, whole - profile.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
  rows.push(["outside of the kernels", "", outside.toFixed(3), percent(outside / whole), "", ""]);
  const named = "kernel, rows · depth · columns";
  return table([named, "calls", "ms", "share", "GFLOP/s", "of ceiling"], rows, [named]);
}

/** What shortcuts bring: one line for each, one column for each architecture. */
export function shortcutsTable(shortened: readonly Shortened[]): string {
  const names = [...new Set(shortened.map(({ architecture }) => architecture))];
  const rows = [...new Set(shortened.map((own) => own.with))].map((line) => [
    line,
    ...names.map((name) => {
      const own = shortened.find((candidate) => candidate.with === line && candidate.architecture === name);
      return own ? `${short(own.training)} / ${short(own.evaluation)}` : "";
    }),
  ]);
  return table(["with", ...names.map(abbreviated)], rows, ["with"]);
}

/** The whole paper. */
export function paperTable({ rounds, runs, scaling, pytorchTimes }: PaperSummary): string {
  const percent = (fraction: number | undefined) => (fraction === undefined ? "–" : `${(100 * fraction).toFixed(1)}%`);
  const rows = runs.map(({ name, cores, seconds, testErrors }) => [
    name,
    String(cores),
    seconds.toFixed(1),
    ...architectures.map((architecture) => percent(testErrors[architecture.name])),
  ]);
  const columns = ["whole paper", "cores", "seconds", ...architectures.map(({ name }) => abbreviated(name))];
  return [
    `\nthe whole paper: ${architectures.length} architectures × ${rounds} rounds, all evaluated after each epoch; test errors`,
    table(columns, rows, ["whole paper"]),
    ...Object.entries(scaling).map(([name, ratio]) => `${name}: all cores are ${times(ratio)} as fast as one`),
    ...Object.entries(pytorchTimes).map(([name, ratio]) => `PyTorch best takes ${times(ratio)} as long as ${name}`),
  ].join("\n");
}
