import { promises } from "node:fs";

/** Two files for each of the four threads with which Node.js reads files. */
const AT_ONCE = 8;

/**
 * Makes this thread read few files at the same time. Node.js 20 opens all the files that an import leads to at once, with this same
 * function. With packages that are not bundled there are hundreds, more than a low limit allows a process to open.
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
