import { listOf, numbers, requireFinite, within } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { SEEDS } from "../limits.js";
import { Stream } from "../random/streams.js";
import type { MeanSquare } from "./crossed-anova.js";
import type { Interval } from "./interval.js";
import { mean } from "./moments.js";
import { allowed, DRAWS, middle } from "./variance-components.js";

/** The variance of values in groups, in two parts. */
export interface NestedVariance {
  /** Of the groups' true means; 0 where the estimate is below. */
  readonly between: number;
  /** Of the values of one group around its true mean. */
  readonly within: number;
  /** `between` as a part of both; 0 if all values are equal. */
  readonly share: number;
  /** Its 95% interval. */
  readonly share95: Interval;
}

/**
 * Splits the variance of values in groups of one size: groups are a random effect (Searle, Casella & McCulloch 1992, "Variance Components",
 * chapter 3). With R values in a group the mean square between groups has the expectation σ²(within) + R σ²(between), so σ²(between) is
 * estimated by (it − the mean square within) / R.
 *
 * The interval of the share is a generalized one, as that of `varianceComponents`: mean square · df / χ² with drawn χ², of both, and the
 * share that each draw gives. For normal values it is that of the ratio of both mean squares, which has an F distribution.
 *
 * @param groups  at least two, of at least two values each
 * @param seed  of the interval
 * @throws InvalidRequest for fewer groups or values, groups of several sizes, and values that are not finite
 */
export function nestedVariance(groups: readonly (readonly number[])[], seed: number): NestedVariance {
  requireNested(groups);
  within(SEEDS)(seed, "seed");
  const size = (groups[0] as readonly number[]).length;
  const means = groups.map(mean);
  const between = squareOf(means, mean(means), groups.length - 1, size);
  const inside = squareOf(
    groups.flatMap((values, i) => values.map((value) => value - (means[i] as number))),
    0,
    groups.length * (size - 1),
  );
  const found = partsOf(between.meanSquare, inside.meanSquare, size);
  const stream = new Stream(seed, "variance");
  const shares = Array.from(
    { length: DRAWS },
    () => partsOf(allowed(between, stream), allowed(inside, stream), size).share,
  );
  return { ...found, share95: middle(shares) };
}

function requireNested(groups: readonly (readonly number[])[]): void {
  listOf(numbers(2))(groups, "groups");
  const sizes = new Set(groups.map(({ length }) => length));
  if (groups.length < 2 || sizes.size > 1)
    throw new InvalidRequest(
      `groups must be at least two of one size, not ${groups.length} of ${[...sizes].join(" and ") || "no"} values`,
    );
  for (const [i, values] of groups.entries()) requireFinite(values, `groups[${i}]`);
}

const squareOf = (values: readonly number[], center: number, degrees: number, factor = 1): MeanSquare => ({
  meanSquare: (factor * values.reduce((sum, value) => sum + (value - center) ** 2, 0)) / degrees,
  degrees,
});

function partsOf(between: number, inside: number, size: number): Omit<NestedVariance, "share95"> {
  const part = Math.max(0, (between - inside) / size);
  const whole = part + inside;
  return { between: part, within: inside, share: whole > 0 ? part / whole : 0 };
}
