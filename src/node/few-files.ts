import { promises } from "node:fs";

/** Of the four threads that Node.js reads files with, each has one and the next. */
const AT_ONCE = 8;

/**
 * Has this thread read few files at the same time. Node.js 20 opens all the files that an import leads to at once, with this same
 * function: of packages that are not bundled they are hundreds, more than a process may open where the limit is low.
 */
export function readFewFilesAtOnce(): void {
  const read = promises.readFile as (...how: unknown[]) => Promise<unknown>;
  const waiting: (() => void)[] = [];
  let free = AT_ONCE;
  const readInTurn = async (...how: unknown[]): Promise<unknown> => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await read(...how);
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
  promises.readFile = readInTurn as typeof promises.readFile;
}
