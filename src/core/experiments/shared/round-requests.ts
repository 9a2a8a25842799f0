import type { SettingOverrides } from "../../settings/training-settings.js";
import type { RunRequest } from "./apparatus.js";
import { sharedSettings } from "./shared-settings.js";

/** An architecture, with what it changes for itself. */
export interface Entrant {
  readonly architecture: string;
  readonly overrides?: SettingOverrides;
}

/** RoundsOptions, and settings for every architecture that can use them. */
export interface RoundsOptions {
  readonly rounds: number;
  /** Of the first round. */
  readonly seed: number;
  readonly settings?: SettingOverrides | undefined;
}

/** Everything in every round, round by round. Changes of one entrant override the settings for all. */
export function roundRequests(
  entrants: readonly Entrant[],
  { rounds, seed, settings = {} }: RoundsOptions,
): RunRequest[] {
  const shared = sharedSettings(
    entrants.map(({ architecture }) => architecture),
    settings,
  );
  return Array.from({ length: rounds }, (_, round) =>
    entrants.map(({ architecture, overrides: own }, i) => ({
      architecture,
      seed: seed + round,
      overrides: { ...shared[i], ...own },
    })),
  ).flat();
}
