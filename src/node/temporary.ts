import { randomBytes } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
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

/** Far longer than any file takes to be written. After it, a file whose process may live, such as one of another machine, is nobody's. */
const ABANDONED_MS = 3_600_000;

/** Removes what processes that have ended left under temporary names in a folder. */
export async function removeAbandoned(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, pid, space] = TEMPORARY.exec(name) ?? [];
    if (pid === undefined || space === undefined) continue;
    const path = join(folder, name);
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (hasEnded(Number(pid), space) || age > ABANDONED_MS)
      await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}
