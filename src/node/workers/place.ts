import { createHash } from "node:crypto";
import { PROCESS_SPACE } from "../processes.js";

/** From 0 to 1, another number for each process: where it begins in a list that other processes have too. */
export const OWN_PLACE =
  createHash("sha256").update(`${PROCESS_SPACE} ${process.pid}`).digest().readUInt32LE(0) / 2 ** 32;

/** The entries in turn, from a place between 0 and 1 on. */
export function fromPlace<T>(list: readonly T[], place: number): T[] {
  const first = Math.floor(place * list.length);
  return [...list.slice(first), ...list.slice(0, first)];
}
