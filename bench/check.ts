/** The same batch's loss from the same weights: at the start, and after `CHECKED_STEPS` steps of Adam on it. */
export interface Losses {
  readonly start: number;
  readonly trained: number;
}

export const CHECKED_STEPS = 5;

/**
 * Relative differences that are allowed. At the start libraries differ by how they round, and by how well they approximate
 * logarithms. Adam divides by the gradient's own size, so that steps enlarge differences.
 */
const TOLERANCE: Losses = { start: 1e-5, trained: 2e-4 };

/** @throws Error naming a contestant that does not compute what the first does: nobody wins by doing less. */
export function expectSame(name: string, own: Losses, first: Losses): void {
  for (const when of ["start", "trained"] as const) {
    // Written so that NaN fails.
    if (Math.abs(own[when] - first[when]) <= TOLERANCE[when] * Math.abs(first[when])) continue;
    const moment = when === "start" ? "from the same weights" : `after ${CHECKED_STEPS} steps`;
    throw new Error(
      `${name} does not do the same work: ${moment} its loss is ${own[when]}, and pairlab's is ${first[when]}`,
    );
  }
}
