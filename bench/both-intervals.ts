import {
  bcaInterval,
  generalInterval,
  type Interval,
  type RoundsOfPairs,
  type SharedVariance,
  sharedVariance,
} from "pairlab";
import { meanOf } from "./simulated-images.js";

/** Student's t at 97.5%, by the number of rounds. */
const STUDENT: Readonly<Record<number, number>> = { 3: 4.3027, 5: 2.7764, 10: 2.2622, 30: 2.0452 };

/**
 * The intervals of a mean over rounds: about these images, in general, and in general from Student's t interval over rounds in place of the
 * first.
 */
export function bothIntervals(
  { rounds, counted }: { readonly rounds: number; readonly counted: RoundsOfPairs },
  values: readonly ArrayLike<number>[],
  { isShare, overlap = 0 }: { readonly isShare: boolean; readonly overlap?: number },
  seed: number,
  resamples = 2000,
): Readonly<Record<"these" | "general" | "fromStudent", Interval>> {
  const means = values.map(meanOf);
  const mean = meanOf(means);
  const sd = Math.sqrt(means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (rounds - 1));
  const these = bcaInterval(means, seed, { resamples }) ?? [mean, mean];
  const shared = sharedVariance(counted, values) as SharedVariance;
  const half = ((STUDENT[rounds] ?? Number.NaN) * sd) / Math.sqrt(rounds);
  const [general, fromStudent] = [these, [mean - half, mean + half] as const].map(
    (ci95) => generalInterval({ mean, ci95 }, shared, { rounds, sd, overlap, isShare }) ?? ([0, 1] as const),
  ) as [Interval, Interval];
  return { these, general, fromStudent };
}
