import { randomBytes } from "node:crypto";
import { lstat, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasEnded, PROCESS_SPACE } from "./processes.js";

/** Bytes that file systems allow a name, and those that a temporary one has after the name that it stands for, at most. */
const LONGEST_NAME = 255;
const LONGEST_SUFFIX = 40;

/** A name beside `path` for what is not finished yet. It tells whose it is. */
export function temporaryName(path: string): string {
  const suffix = `.${process.pid}-${PROCESS_SPACE}-${randomBytes(4).toString("hex")}.tmp`;
  const name = path.slice(path.lastIndexOf("/") + 1);
  const long = Buffer.byteLength(name) > LONGEST_NAME - LONGEST_SUFFIX;
  return `${long ? path.slice(0, path.length - name.length) : path}${suffix}`;
}

const TEMPORARY = /\.(\d+)-([0-9a-f]{8})-[0-9a-f]{8}\.tmp$/;

export const isTemporary = (name: string): boolean => TEMPORARY.test(name);

/** Far longer than any file takes to be written. After it, a file of a process of which nothing is known is nobody's. */
const ABANDONED_MS = 24 * 3_600_000;

/**
 * Removes what processes that have ended left under temporary names in a folder. Of this machine's processes it is known
 * whether they live; what others left is judged by the file system's own clock.
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
 * What time it is by the clock that a folder's files get their times from, in milliseconds since 1970. Machines that share a
 * folder may each have another.
 *
 * @throws where nothing can be written there
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
