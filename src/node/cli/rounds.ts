import { findArchitecture } from "../../core/architectures/index.js";
import type { SettingOverrides } from "../../core/training/config.js";
import type { TrainingOptions } from "./options.js";
import { overridesOf, type RunRequest } from "./session.js";

/** An architecture, with what it changes for itself. */
export interface Entrant {
  readonly architecture: string;
  readonly overrides?: SettingOverrides;
}

/**
 * Everything in every round, with what the command line changes; what is about digits for architectures that have their loss.
 * What an entrant changes for itself counts more.
 */
export function everyRound(
  entrants: readonly Entrant[],
  options: TrainingOptions & { readonly rounds: number },
): RunRequest[] {
  const { auxiliaryWeight, labelSmoothing, views, ...overrides } = overridesOf(options);
  const ofDigits = {
    ...(auxiliaryWeight !== undefined && { auxiliaryWeight }),
    ...(labelSmoothing !== undefined && { labelSmoothing }),
    ...(views && { views }),
  };
  return Array.from({ length: options.rounds }, (_, round) =>
    entrants.map(({ architecture, overrides: own }) => ({
      architecture,
      seed: options.seed + round,
      overrides: {
        ...overrides,
        ...(findArchitecture(architecture).auxiliaryWeight ? ofDigits : {}),
        ...own,
      },
    })),
  ).flat();
}
