import { readdirSync, readFileSync } from "node:fs";

/** How many handles every system gives a process by default. */
const USUAL_LIMIT = 256;
const USUALLY_OPEN = 32;
/** Handles kept for runs and pages that are read, and for threads. */
const FOR_FILES = 64;
/** The most connections that memory has room for: the network keeps megabytes for each answer that is not read. */
const MOST = 512;
const FEWEST = 8;

/** How many connections leave enough of this process's handles for files. */
export const mostConnections = (): number => connectionsWith(handleLimit(), openHandles());

/**
 * @param limit  handles that a process may have
 * @param open  those that it has
 */
export const connectionsWith = (limit: number, open: number): number =>
  Math.max(FEWEST, Math.min(MOST, limit - open - FOR_FILES));

function handleLimit(): number {
  try {
    const [, limit = ""] = /^Max open files +(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8")) ?? [];
    return Number.parseInt(limit, 10) || USUAL_LIMIT;
  } catch {
    // Only Linux says it.
    return USUAL_LIMIT;
  }
}

function openHandles(): number {
  try {
    return readdirSync("/proc/self/fd").length;
  } catch {
    return USUALLY_OPEN;
  }
}
