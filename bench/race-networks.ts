import { join } from "node:path";
import type { Architecture } from "pairlab";
import type { Contestant } from "./contestant.js";
import { type Result, race } from "./race.js";
import { type Results, sumsOf } from "./results.js";
import { print, raceTable, sumsTable } from "./tables.js";
import { makeTask, SEED, withFolder, writePairs } from "./task.js";

/** One race after the other, each printed when it is over. */
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
