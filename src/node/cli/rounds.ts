import { findArchitecture } from "../../core/architectures/index.js";
import type { TrainingOptions } from "./options.js";
import { overridesOf, type RunRequest } from "./session.js";

/** Every architecture in every round, with what the command line changes; an auxiliary weight for those that have one. */
export function everyRound(
  names: readonly string[],
  options: TrainingOptions & { readonly rounds: number },
): RunRequest[] {
  const { auxiliaryWeight, ...overrides } = overridesOf(options);
  return Array.from({ length: options.rounds }, (_, round) =>
    names.map((architecture) => ({
      architecture,
      seed: options.seed + round,
      overrides:
        auxiliaryWeight !== undefined && findArchitecture(architecture).auxiliaryWeight
          ? { ...overrides, auxiliaryWeight }
          : overrides,
    })),
  ).flat();
}
