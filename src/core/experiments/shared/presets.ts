import { oneOf, optional } from "../../checks.js";

/** How much is trained: for a first look, or for a statement. */
export const PRESET_NAMES = ["quick", "full"] as const;
export type Preset = (typeof PRESET_NAMES)[number];

export const presetCheck = optional(oneOf(PRESET_NAMES));
