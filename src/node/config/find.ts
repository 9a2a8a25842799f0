import { type Stats, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { InvalidRequest } from "../../core/errors.js";
import { inShort } from "../../core/given.js";
import { codeOf } from "../errors.js";

/** The names that a project's configuration may have. */
export const CONFIG_NAMES = ["ts", "mts", "js", "mjs", "json"].map((ending) => `pairlab.config.${ending}`);

/** A path as messages have it: relative to the current folder. */
export const shownPath = (path: string): string => inShort(relative("", path) || ".");

/**
 * The nearest configuration, in a folder or above it.
 *
 * @returns its path; undefined if there is none
 * @throws InvalidRequest where a folder has several, or the file is not one to run code from
 */
export function findConfig(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const there = CONFIG_NAMES.flatMap((name) => {
      const stats = statsOf(join(folder, name));
      return stats?.isFile() ? [{ path: join(folder, name), stats }] : [];
    });
    const [first] = there;
    if (there.length > 1)
      throw new InvalidRequest(
        `${there.map(({ path }) => shownPath(path)).join(" and ")} are both there: keep one, or name one with --config`,
      );
    if (first) {
      requireOwn(first.path, first.stats);
      requireOwn(folder, statsOf(folder) as Stats, first.path);
      return first.path;
    }
    if (dirname(folder) === folder) return undefined;
  }
}

const EVERYONE_WRITES = 0o002;

/** Code that nobody named is run only if nobody else could have put it there. */
function requireOwn(path: string, { uid, mode }: Stats, config = path): void {
  const user = process.getuid?.();
  if (user === undefined || ((uid === user || uid === 0) && (mode & EVERYONE_WRITES) === 0)) return;
  throw new InvalidRequest(
    `${shownPath(config)} is not used: others may write ${path === config ? "it" : "its folder"}; if you trust it, name it with --config`,
  );
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (["ENOTDIR", "EACCES", "ELOOP"].includes(codeOf(error))) return undefined;
    throw error;
  }
}
