import { totalmem } from "node:os";
import type { Memory } from "../core/training/room.js";

/**
 * What this machine has, or the container that it runs in lets it have. Not what is free at the moment: that changes, and some
 * systems count as taken what they would give back.
 */
export function machineMemory(): Memory {
  // 0 or nothing where there is no limit, and more than the machine has where the limit is none.
  const limit = process.constrainedMemory?.() || Number.POSITIVE_INFINITY;
  const total = totalmem();
  return limit < total
    ? { there: limit, owner: "this container may have" }
    : { there: total, owner: "this machine has" };
}
