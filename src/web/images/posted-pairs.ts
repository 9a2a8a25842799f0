import { lessOrEqual, type PairSet } from "../../core/index.js";

/** A pair set without its relation, which is a function and cannot be posted. */
export type PostedPairs = Omit<PairSet, "relation">;

export const posted = ({ train, test }: PairSet): PostedPairs => ({ train, test });

export const received = (pairs: PostedPairs): PairSet => ({ ...pairs, relation: lessOrEqual });
