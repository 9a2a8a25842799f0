import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** A finished run's record. If it is written again, its inode and the time in it change. */
interface Kept {
  readonly inode: number;
  readonly text: string;
}

/** The finished runs of a store, by id. */
export function finishedRuns(store: string): Map<string, Kept> {
  const runs = new Map<string, Kept>();
  for (const id of namesIn(store).filter((name) => /^[0-9a-f]{16}$/.test(name))) {
    const path = join(store, id, "run.json");
    const file = statSync(path, { throwIfNoEntry: false });
    if (file) runs.set(id, { inode: file.ino, text: readFileSync(path, "utf8") });
  }
  return runs;
}

/** The runs that have changed, a line each. */
export function changedRuns(before: ReadonlyMap<string, Kept>, after: ReadonlyMap<string, Kept>): string[] {
  return [...before].flatMap(([id, { inode, text }]) => {
    const now = after.get(id);
    return now?.inode === inode && now.text === text ? [] : [`finished run ${id} is ${now ? "another" : "gone"}`];
  });
}

/** "ID SHA-256 of its weights" of each finished run. */
export const hashesIn = (store: string): string[] =>
  [...finishedRuns(store)].map(([id, { text }]) => `${id} ${JSON.parse(text).weightsSha256}`).sort();

/**
 * The names of files that a finished command should not leave in a folder: temporary files, claims, checkpoints, and runs that were
 * set aside, except the first files of a run that was being kept when its process was killed.
 */
export const leftIn = (folder: string): string[] =>
  namesIn(folder, true).filter((name) => /\.tmp$|claims.|checkpoint|damaged.+run\.json/.test(name));

/** Those of them that the process with that id has left: its temporary files and its claims. */
export const leftBy = (pid: number, folder: string): string[] =>
  leftIn(folder).filter((name) => {
    if (name.includes(`.${pid}-`)) return true;
    return name.endsWith(".json") && readFileSync(join(folder, name), "utf8").includes(`"pid":${pid},`);
  });

export function namesIn(folder: string, recursive = false): string[] {
  try {
    return readdirSync(folder, { recursive }) as string[];
  } catch {
    return [];
  }
}

/** The number of runs that a process says it has trained itself. */
export const trainedLines = (stderr: string): number =>
  [...stderr.matchAll(/^\d+\/\d+ .+?: (?:test|validation) error .+ \((.+)\)$/gm)].filter(
    ([, how]) => how !== "kept from before",
  ).length;
