import { anything, fields, flag, listOf, optional, within } from "../../checks.js";
import type { OptimizerName } from "../../engine/optimizers/registry.js";
import { InvalidRequest } from "../../errors.js";
import { MOST_TUNINGS } from "../../limits.js";
import { ROUNDS } from "../shared/context.js";
import type { RoundsOptions } from "../shared/round-requests.js";
import { checkReportedSeeds } from "../shared/tuning-seeds.js";
import { allRounds } from "../shared/tunings.js";
import { requireDifferent } from "./require-different.js";
import type { SealedPlan } from "./sealed-plan.js";
import { checkUntil, type UntilShown } from "./until.js";
import { asVariant, type NamedVariant } from "./variants.js";

/** What `compare` compares, and how. */
export interface CompareOptions extends RoundsOptions {
  /** Names of architectures, and variants of them; at least two, or one with `optimizers`. */
  readonly architectures: readonly (string | NamedVariant)[];
  /** Compares the others with the first only: fewer tests than for every pair. */
  readonly baseline?: boolean | undefined;
  /** Of one architecture: optimizers that are compared, each with settings searched on validation pairs. */
  readonly optimizers?: readonly OptimizerName[] | "all" | undefined;
  /** Settings tried for each of them. Default 60. */
  readonly trials?: number | undefined;
  /** How often each of them is tuned, each time with rounds of its own: `rounds` are those of each tuning. Default 1. */
  readonly tunings?: number | undefined;
  /** Adds rounds, up to `rounds`, until every difference is shown or shown to be below a margin. */
  readonly until?: UntilShown | undefined;
  /** The plan that the comparison must be, as `plannedOptions` gives it: whatever else it would be is refused before training. */
  readonly sealedPlan?: SealedPlan | undefined;
}

const OPTIONS = fields(
  {
    architectures: listOf(anything),
    ...ROUNDS,
    settings: anything,
    baseline: optional(flag),
    optimizers: anything,
    trials: anything,
    tunings: optional(within({ least: 1, most: MOST_TUNINGS, whole: true })),
    until: anything,
    sealedPlan: anything,
  },
  "option",
);

/** What is compared, as variants. @throws InvalidRequest where an option is not right */
export function checkedVariants(options: CompareOptions): NamedVariant[] {
  OPTIONS(options, "");
  const { architectures, seed, settings = {}, until, tunings = 1 } = options;
  const rounds = allRounds(options.rounds, tunings);
  if (until) checkUntil(until);
  const variants = architectures.map(asVariant);
  // Rounds on validation pairs serve a choice, so their seeds may be any.
  if (settings.evaluateOn !== "validation") checkReportedSeeds(seed, rounds);
  return variants;
}

/** @throws InvalidRequest where variants cannot be compared as they are, without a search */
export function requireUnsearched(variants: readonly NamedVariant[], { trials, tunings }: CompareOptions): void {
  for (const [name, value] of Object.entries({ trials, tunings }))
    if (value !== undefined)
      throw new InvalidRequest(`--${name} is the budget of --optimizers: without --optimizers nothing is searched`);
  requireDifferent(variants.map(({ name }) => ({ name })));
}
