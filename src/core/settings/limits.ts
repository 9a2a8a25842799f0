/** A number of things, at least one. */
export const counted = (most: number) => ({ least: 1, most, whole: true }) as const;
/** Below 1: what is kept or dropped of something is never all of it. */
export const share = { least: 0, most: 1, open: "most" } as const;
/** Of a place in a logarithmic range of `ablate`: the candidates of stored ablations were drawn so. */
export const ABLATED_DIGITS = 24;
