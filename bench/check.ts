/** The same batch's loss from the same weights: at the start, and after some steps of Adam on it. */
export interface Losses {
  readonly start: number;
  readonly trained: number;
}

export interface Check {
  readonly steps: number;
  readonly tolerance: Losses;
}

/**
 * Relative differences that are allowed. At the start libraries differ by how they round, and by how well they approximate
 * logarithms. Adam divides by the gradient's own size, so that steps enlarge differences.
 */
export const CHECK: Check = { steps: 5, tolerance: { start: 1e-5, trained: 2e-4 } };

/**
 * For large maps. PyTorch's batch norm over channels_last sums in single precision, and is up to 100 times less precise there than
 * over maps as they are usually written.
 */
export const LARGE_MAPS: Check = { steps: 1, tolerance: { start: 1e-4, trained: 1e-3 } };

/** @throws Error naming a contestant that does not compute what the first does: nobody wins by doing less. */
export function expectSame(name: string, own: Losses, first: Losses, { steps, tolerance } = CHECK): void {
  for (const when of ["start", "trained"] as const) {
    // Written so that NaN fails.
    if (Math.abs(own[when] - first[when]) <= tolerance[when] * Math.abs(first[when])) continue;
    const moment = when === "start" ? "from the same weights" : `after ${steps} steps`;
    throw new Error(
      `${name} does not do the same work: ${moment} its loss is ${own[when]}, and pairlab's is ${first[when]}`,
    );
  }
}
