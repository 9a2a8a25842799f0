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

/** A factor of pairs, and how many times as many bits of labels a pair has. */
export type WithLabelBits = DataFactor & { readonly labelBits: number };

/** A factor of pairs as one of bits of labels. */
export function perBit(worth: WithLabelBits): DataFactor {
  const divided = (factor: number) => factor / worth.labelBits;
  const [low, high] = worth.ci95 ?? [null, null];
  return {
    ...worth,
    factor: divided(worth.factor),
    ci95: worth.ci95 && [low && divided(low), high && divided(high)],
  };
}

/** Its interval, as `factorInterval` writes that of pairs. */
export const intervalPerBit = (worth: WithLabelBits, [least, greatest]: readonly [number, number]): string =>
  factorInterval(perBit(worth), [least / worth.labelBits, greatest / worth.labelBits]);

/** The least and the greatest factor that sizes can tell at one of them. */
export const measurableFactors = (sizes: readonly number[], pairs: number): readonly [number, number] => [
  (sizes[0] as number) / pairs,
  (sizes.at(-1) as number) / pairs,
];
