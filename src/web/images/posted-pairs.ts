import type { PairSet, Pairs, RunConfig } from "../../core/index.js";
import { relationOf } from "../../core/training/job.js";

/** A pair set without its relation, which is a function and cannot be posted. */
export type PostedPairs = Omit<PairSet, "relation">;

export const posted = ({ train, test }: PairSet): PostedPairs => ({ train, test });

/** @param config  of the run whose pairs they are */
export const received = (pairs: PostedPairs, config: RunConfig): PairSet => ({
  ...pairs,
  relation: relationOf(config),
});

/** What pairs are held in: each array has memory of its own. */
export const buffersOf = (pairs: readonly Pairs[]): ArrayBuffer[] =>
  pairs.flatMap(({ images, classes, targets }) =>
    [images, classes, targets].map(({ buffer }) => buffer as ArrayBuffer),
  );
