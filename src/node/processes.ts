import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { codeOf } from "./errors.js";

/** This machine's name, for people: a terminal may be shown it. */
export const HOST = hostname().replaceAll(/\p{C}/gu, "?") || "?";

/**
 * 8 hexadecimal digits that processes share when they see each other's ids. Containers of one machine may have one host
 * name and still number their processes separately. Machines that were set up from one image may have one host name too.
 */
export const PROCESS_SPACE = createHash("sha256")
  .update(`${hostname()} ${pidNamespace()} ${bootId()}`)
  .digest("hex")
  .slice(0, 8);

function pidNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    // Only Linux has them.
    return "";
  }
}

/** Another one after each start of each machine. */
function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8");
  } catch {
    return "";
  }
}

/** When this process began, in milliseconds since 1970 by this machine's clock. */
const BEGAN = Date.now() - process.uptime() * 1000;

/**
 * Whether the process of that id, in that space, is known to have ended. Nothing is known about other machines.
 *
 * @param since  a time when it lived. A container that is started again can have the same space, where the process has the same
 *   id as the one that was killed: what this id did before this process began, another process did
 */
export function hasEnded(pid: number, space: string, since = ""): boolean {
  if (space !== PROCESS_SPACE) return false;
  if (pid === process.pid) return Date.parse(since) < BEGAN;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === "ESRCH";
  }
}
