import type { CompareOptions } from "./options.js";
import type { SealedPlan } from "./sealed-plan.js";

/** The options of the comparison that a plan is: `compare` refuses with them whatever would be another. */
export function plannedOptions(plan: SealedPlan): CompareOptions {
  const { architectures, rounds, seed, settings, baseline, until } = plan;
  return {
    architectures: architectures.map(({ config: _, runs: __, ...variant }) => variant),
    ...{ rounds, seed, settings, until },
    baseline: baseline === undefined ? undefined : true,
    sealedPlan: plan,
  };
}
