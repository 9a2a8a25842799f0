/** What somebody says who gives the same answer to every pair, and how often that is wrong. */
export interface AlwaysSame {
  readonly answer: "yes" | "no";
  /** A fraction of the pairs. */
  readonly error: number;
}

/** The better one of always yes and always no; where both are as good, no. @param targets  1 of each pair whose answer is yes */
export function alwaysSame(targets: ArrayLike<number>): AlwaysSame | undefined {
  if (targets.length === 0) return undefined;
  const share = Array.from(targets).reduce((sum, target) => sum + target, 0) / targets.length;
  return share > 0.5 ? { answer: "yes", error: 1 - share } : { answer: "no", error: share };
}
