import { randomBytes } from "node:crypto";
import { lstat, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasEnded, PROCESS_SPACE } from "./processes.js";

/** The most bytes of a name, and the most that a temporary name adds to the one that it stands for. */
const LONGEST_NAME = 255;
const LONGEST_SUFFIX = 40;

/** A name beside `path` for an unfinished file. It says which process owns it. */
export function temporaryName(path: string): string {
  const suffix = `.${process.pid}-${PROCESS_SPACE}-${randomBytes(4).toString("hex")}.tmp`;
  const name = path.slice(path.lastIndexOf("/") + 1);
  const long = Buffer.byteLength(name) > LONGEST_NAME - LONGEST_SUFFIX;
  return `${long ? path.slice(0, path.length - name.length) : path}${suffix}`;
}

const TEMPORARY = /\.(\d+)-([0-9a-f]{8})-[0-9a-f]{8}\.tmp$/;

export const isTemporary = (name: string): boolean => TEMPORARY.test(name);

/** Far longer than writing any file takes. After it, a file of an unknown process counts as abandoned. */
const ABANDONED_MS = 24 * 3_600_000;

/**
 * Removes what processes that have ended left under temporary names in a folder. For this machine's processes
 * it is known whether they live; files of other machines are judged by the file system's own clock.
 */
export async function removeAbandoned(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  let now: Promise<number> | undefined;
  for (const name of names) {
    const [, pid, space] = TEMPORARY.exec(name) ?? [];
    if (pid === undefined || space === undefined) continue;
    const path = join(folder, name);
    if (space === PROCESS_SPACE) {
      if (!hasEnded(Number(pid), space)) continue;
    } else {
      now ??= timeIn(folder).catch(() => Number.NEGATIVE_INFINITY);
      const written = await lstat(path).catch(() => undefined);
      if (!written || (await now) - written.mtimeMs < ABANDONED_MS) continue;
    }
    await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

/**
 * The time by the clock that gives a folder's files their times, in milliseconds since 1970. Machines that share a
 * folder may each have another clock.
 *
 * @throws if nothing can be written there
 */
export async function timeIn(folder: string): Promise<number> {
  const probe = temporaryName(join(folder, "time"));
  try {
    await writeFile(probe, "");
    return (await stat(probe)).mtimeMs;
  } finally {
    await rm(probe, { force: true }).catch(() => {});
  }
}
