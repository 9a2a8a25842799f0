/** How often settings may be tuned, and how many are tried. */
export const TUNINGS = { least: 1, most: 100, whole: true } as const;
export const CANDIDATES = { least: 1, most: 64, whole: true } as const;
