import type { RunInTraining } from "../../core/runs/store-document.js";
import { PROCESS_SPACE } from "../processes.js";

/** What a claim's file says. */
export interface ClaimFile extends Omit<RunInTraining, "id"> {
  /** Of the process's id. */
  readonly space: string;
}

/** No process has this id: Linux, macOS and Windows use smaller numbers. */
const ENDED = 2 ** 31 - 1;

/** A claim that names no process, such as one that a power failure emptied. */
const NOBODYS: ClaimFile = { architecture: null, seed: null, host: "", pid: ENDED, space: PROCESS_SPACE, since: "" };

/** No name of a machine or a network is longer. */
const LONGEST_NAME = 255;

/** What a claim says. It may come from anywhere: one in another form counts as that of a process that has ended. */
export function parseClaim(text: string): ClaimFile {
  let said: Readonly<Record<string, unknown>>;
  try {
    said = Object(JSON.parse(text));
  } catch {
    return NOBODYS;
  }
  const { architecture, seed, host, pid, space, since } = said;
  const isProcess = Number.isSafeInteger(pid) && (pid as number) > 0 && (pid as number) < ENDED;
  if (!isProcess || !isName(host) || !isName(space)) return NOBODYS;
  return {
    architecture: isName(architecture) ? architecture : null,
    seed: Number.isSafeInteger(seed) ? (seed as number) : null,
    host,
    pid: pid as number,
    space,
    since: isName(since) && !Number.isNaN(Date.parse(since)) ? since : "",
  };
}

/** Whether it is safe to show on a terminal. */
const isName = (value: unknown): value is string =>
  typeof value === "string" && value.length > 0 && value.length <= LONGEST_NAME && !/\p{C}/u.test(value);
