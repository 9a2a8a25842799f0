/** How much is trained: enough for a first look, or for a claim. */
export const PRESET_NAMES = ["quick", "full"] as const;
export type Preset = (typeof PRESET_NAMES)[number];
