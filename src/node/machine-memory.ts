import { totalmem } from "node:os";
import type { Memory } from "../core/training/room.js";

/**
 * The memory of this machine, or the limit of the container that it runs in. Free memory is not used: it changes, and some
 * systems count memory as taken that they would give back.
 */
export function machineMemory(): Memory {
  // Without a limit this is 0, undefined, or more than the machine has.
  const limit = process.constrainedMemory?.() || Number.POSITIVE_INFINITY;
  const total = totalmem();
  return limit < total
    ? { there: limit, owner: "this container may have" }
    : { there: total, owner: "this machine has" };
}
