import { findArchitecture } from "../../core/architectures/index.js";
import type { TrainingOptions } from "./options.js";
import { overridesOf, type RunRequest } from "./session.js";

/** Every architecture in every round, with what the command line changes; what is about digits for those that have their loss. */
export function everyRound(
  names: readonly string[],
  options: TrainingOptions & { readonly rounds: number },
): RunRequest[] {
  const { auxiliaryWeight, labelSmoothing, views, ...overrides } = overridesOf(options);
  const ofDigits = {
    ...(auxiliaryWeight !== undefined && { auxiliaryWeight }),
    ...(labelSmoothing !== undefined && { labelSmoothing }),
    ...(views && { views }),
  };
  return Array.from({ length: options.rounds }, (_, round) =>
    names.map((architecture) => ({
      architecture,
      seed: options.seed + round,
      overrides: findArchitecture(architecture).auxiliaryWeight ? { ...overrides, ...ofDigits } : overrides,
    })),
  ).flat();
}
