import {
  generalInterval,
  type Interval,
  meanInterval,
  type RoundsOfPairs,
  type SharedVariance,
  sharedVariance,
  signFlipInterval,
} from "pairlab";
import { meanOf } from "./simulated-images.js";

/** The intervals of a mean over rounds, about these images and in general; undefined where there are too few rounds for one. */
export function bothIntervals(
  { rounds, counted }: { readonly rounds: number; readonly counted: RoundsOfPairs },
  values: readonly ArrayLike<number>[],
  { isShare, overlap = 0 }: { readonly isShare: boolean; readonly overlap?: number },
  seed: number,
): Readonly<Record<"these" | "general", Interval>> | undefined {
  const means = values.map(meanOf);
  const mean = meanOf(means);
  const sd = Math.sqrt(means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (rounds - 1));
  const these = isShare ? meanInterval(means) : signFlipInterval(means, seed);
  if (!these) return undefined;
  const shared = sharedVariance(counted, values) as SharedVariance;
  const general = generalInterval({ mean, ci95: these }, shared, { rounds, sd, overlap, isShare }) ?? ([0, 1] as const);
  return { these, general };
}
