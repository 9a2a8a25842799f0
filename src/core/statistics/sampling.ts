/**
 * The standard deviation of an error that is measured on `pairs` independent pairs, from their number alone: √(p(1 − p)/n), that of
 * a binomial share.
 *
 * @param error  fraction of all pairs that there could be; a measured one stands in for it
 */
export const samplingSd = (error: number, pairs: number): number => Math.sqrt((error * (1 - error)) / pairs);
