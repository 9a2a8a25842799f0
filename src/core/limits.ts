/** The numbers that a quantity can have. */
export interface Limits {
  readonly least: number;
  readonly most: number;
  /** The end of the range that is itself excluded. */
  readonly open?: "least" | "most";
  readonly whole?: true;
  /** The unit in words, such as "degrees". */
  readonly unit?: string;
}

/** The whole numbers that JavaScript holds exactly. */
export const SEEDS: Limits = { least: 0, most: Number.MAX_SAFE_INTEGER, whole: true };

/** Of images: 16 bits tell them apart. */
export const CLASSES: Limits = { least: 0, most: 65_536, whole: true };

/** Of any experiment. */
export const MOST_ROUNDS = 10_000;

/** Of any experiment that tunes anew several times: each tuning has at most 10 rounds of its own, and there are seeds for 1,000. */
export const MOST_TUNINGS = 100;

/** An experiment's first seed. It must still be a seed when a round or a step of tuning is added. */
export const FIRST_SEEDS: Limits = { ...SEEDS, most: SEEDS.most - 100_000 };

export const WORKERS: Limits = { least: 1, most: 1024, whole: true };

export function isWithin(value: number, { least, most, open, whole }: Limits): boolean {
  if (whole && !Number.isSafeInteger(value)) return false;
  return (
    value >= least && value <= most && !(value === least && open === "least") && !(value === most && open === "most")
  );
}

/** "a whole number from 1 to 64", "a number from 0 to 1000", "a number at least 0 and below 1". */
export function limitsInWords({ least, most, open, whole, unit }: Limits): string {
  const number = `a ${whole ? "whole " : ""}number${unit ? ` of ${unit}` : ""}`;
  if (!open) return `${number} from ${least} to ${most}`;
  return `${number} ${open === "least" ? "above" : "at least"} ${least} and ${open === "most" ? "below" : "at most"} ${most}`;
}

/** The builds of the kernels. */
export const BUILDS = ["base", "fused"] as const;
