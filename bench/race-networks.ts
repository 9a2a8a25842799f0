import { join } from "node:path";
import type { Architecture } from "pairlab";
import type { Contestant } from "./contestant.js";
import { type Result, race } from "./race.js";
import { type Results, type Sum, sumsOf } from "./results.js";
import { abbreviated, print, short, table, times } from "./tables.js";
import { makeTask, SEED, withFolder, writePairs } from "./task.js";

/** Runs one race after another, and prints each when it is over. */
export function raceNetworks(
  architectures: readonly Architecture[],
  contestants: readonly Contestant[],
  turns: number,
): Promise<Required<Pick<Results, "races" | "sums">>> {
  return withFolder(async (folder) => {
    for (const { name, settings } of contestants) print(`  ${name}: ${settings}`);
    const pairs = await writePairs(SEED, join(folder, "pairs.safetensors"));
    const races = new Map<string, readonly Result[]>();
    for (const architecture of architectures) {
      const results = await race(contestants, await makeTask(architecture, pairs, folder), turns);
      races.set(architecture.name, results);
      print(raceTable(architecture.name, results));
    }
    const sums = sumsOf(races);
    if (races.size > 1) print(sumsTable(races, sums));
    const named = [...races].map(([architecture, results]) => [architecture, byName(results)] as const);
    return { races: Object.fromEntries(named), sums };
  });
}

const byName = (results: readonly Result[]) => Object.fromEntries(results.map(({ name, ...own }) => [name, own]));

/** One architecture's race. */
function raceTable(architecture: string, results: readonly Result[]): string {
  const medianOf = (name: string): number => {
    const result = results.find((own) => own.name === name);
    return result && "median" in result ? result.median : Number.NaN;
  };
  const [base, fused] = [medianOf("pairlab base"), medianOf("pairlab fused")];
  const rows = results.map((result) => {
    if ("cannot" in result) return [result.name, "cannot", "", "", ""];
    const { name, median, least, most } = result;
    return [name, short(median), `${short(least)}–${short(most)}`, times(median / base), times(median / fused)];
  });
  const turns = results.find((result) => "turns" in result)?.turns ?? 0;
  const lines = [
    `\n${architecture}: ms of a training epoch, one thread, median of ${turns}`,
    table([architecture, "ms", "least–most", "of base", "of fused"], rows, [architecture]),
  ];
  for (const result of results) if ("cannot" in result) lines.push(`${result.name} cannot: ${result.cannot}`);
  return lines.join("\n");
}

/** All architectures side by side, and the sums. */
function sumsTable(races: ReadonlyMap<string, readonly Result[]>, sums: Readonly<Record<string, Sum>>): string {
  const names = [...races.values()][0]?.map(({ name }) => name) ?? [];
  const rows = names.map((name) => {
    const cells = [...races.values()].map((results) => {
      const result = results.find((own) => own.name === name);
      return result && "median" in result ? short(result.median) : "cannot";
    });
    const sum = sums[name];
    const totals = sum ? [short(sum.milliseconds), times(sum.timesBase), times(sum.timesFused)] : ["–", "–", "–"];
    return [name, ...cells, ...totals];
  });
  const columns = ["all", ...[...races.keys()].map(abbreviated), "sum", "of base", "of fused"];
  return `\nmedians, ms of a training epoch\n${table(columns, rows, ["all"])}`;
}
