import { relationNamed } from "../../core/data/relations.js";
import type { PairSet, RunConfig } from "../../core/index.js";

/** A pair set without its relation, which is a function and cannot be posted. */
export type PostedPairs = Omit<PairSet, "relation">;

export const posted = ({ train, test }: PairSet): PostedPairs => ({ train, test });

/** @param config  that of the pairs' run */
export const received = (pairs: PostedPairs, { relation }: RunConfig): PairSet => ({
  ...pairs,
  relation: relationNamed(relation),
});
