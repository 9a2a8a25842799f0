import { sharedSettings } from "../../core/experiments/index.js";
import type { SettingOverrides } from "../../core/settings/training-settings.js";
import { overridesOf, type TrainingOptions } from "./options.js";
import type { RunRequest } from "./session.js";

/** An architecture, with what it changes for itself. */
export interface Entrant {
  readonly architecture: string;
  readonly overrides?: SettingOverrides;
}

/**
 * Everything in every round, with what the command line changes for those that have it. What an entrant changes for itself counts
 * more.
 */
export function everyRound(
  entrants: readonly Entrant[],
  options: TrainingOptions & { readonly rounds: number },
): RunRequest[] {
  const shared = sharedSettings(
    entrants.map(({ architecture }) => architecture),
    overridesOf(options),
  );
  return Array.from({ length: options.rounds }, (_, round) =>
    entrants.map(({ architecture, overrides: own }, i) => ({
      architecture,
      seed: options.seed + round,
      overrides: { ...shared[i], ...own },
    })),
  ).flat();
}
