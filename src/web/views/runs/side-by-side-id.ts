/** The id of the heading of what is made of ticked groups. */
export const SIDE_BY_SIDE = "side-by-side";
