import { ABSENT } from "../../text/format.js";
import type { DataFactor } from "./data-factor.js";

/** "0.87", "8.2", "34". */
export const factorNumber = (factor: number): string => factor.toFixed(factor < 0.995 ? 2 : factor < 9.95 ? 1 : 0);

/** "8.2×"; "> 30×" and "< 0.13×" where the factor is a bound; "–" where there is none. */
export const factorText = ({ factor, bound }: Pick<DataFactor, "factor" | "bound">): string =>
  Number.isNaN(factor) ? ABSENT : `${bound === "lower" ? "> " : bound === "upper" ? "< " : ""}${factorNumber(factor)}×`;

/**
 * " [7.1, 9.6]", " [25, > 30]" where the upper end lies above all that can be measured; nothing where there is no interval.
 *
 * @param measurable  the least and the greatest factor that the sizes can tell
 */
export function factorInterval({ ci95 }: DataFactor, [least, greatest]: readonly [number, number]): string {
  if (!ci95) return "";
  const [low, high] = ci95;
  const below = `< ${factorNumber(least)}`;
  const above = `> ${factorNumber(greatest)}`;
  if (low === null && (high === null || high <= least)) return high === null ? ` [${below}, ${above}]` : ` [${below}]`;
  if (high === null && low !== null && low >= greatest) return ` [${above}]`;
  return ` [${low === null ? below : factorNumber(low)}, ${high === null ? above : factorNumber(high)}]`;
}

/** The least and the greatest factor that sizes can tell at one of them. */
export const measurableFactors = (sizes: readonly number[], pairs: number): readonly [number, number] => [
  (sizes[0] as number) / pairs,
  (sizes.at(-1) as number) / pairs,
];

/**
 * Whether an interval includes 1, which is no gain. An open end at a factor lies above it, or below it, but not at it.
 *
 * @param measurable  as `factorInterval` has it
 */
export function includesOne(
  ci95: NonNullable<DataFactor["ci95"]>,
  [least, greatest]: readonly [number, number],
): boolean {
  const [low, high] = ci95;
  const isAbove = low !== null && (low > 1 || (high === null && low >= greatest && greatest >= 1));
  const isBelow = high !== null && (high < 1 || (low === null && high <= least && least <= 1));
  return !isAbove && !isBelow;
}
