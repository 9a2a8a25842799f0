import { count } from "../../text/format.js";
import type { ComparedArchitecture } from "./comparison.js";
import type { Difference } from "./difference.js";

/** Two architectures, and the first one's test error minus the second's. */
export interface Evidence {
  readonly better: ComparedArchitecture;
  readonly than: ComparedArchitecture;
  /** Their mean errors on the pairs that the difference is on. */
  readonly errors: { readonly better: number; readonly than: number };
  readonly difference: Pick<
    Difference,
    "a" | "b" | "mean" | "diverged" | "sd" | "ci95" | "simultaneousCi95" | "p" | "pHolm" | "exact"
  >;
}

/** A conclusion of the paper that says which of two architectures is better. */
export interface PaperClaim {
  readonly claim: string;
  readonly better: string;
  readonly than: string;
  /** Other numbers that it is judged by, printed after the errors. */
  readonly also: (evidence: Evidence) => string;
  /** Parts of it that do not hold, apart from which is better, a sentence each. */
  readonly failures: (evidence: Evidence) => string[];
}

/** "Greatly" means by more than this part of the error, "a little" by less, for the whole interval. */
const GREATLY = 1 / 4;

export const PAPER_CLAIMS: readonly PaperClaim[] = [
  {
    claim: "The auxiliary loss lowers test error greatly",
    better: "weight-sharing-auxiliary",
    than: "weight-sharing",
    also: partOfError,
    failures: (evidence) =>
      least(evidence) > GREATLY * evidence.errors.than
        ? []
        : ['"Greatly" is taken to mean by more than a quarter of the error, for all of the interval.'],
  },
  {
    claim: "Weight sharing lowers test error a little and saves parameters",
    better: "weight-sharing",
    than: "simple-cnn",
    also: (evidence) => `${partOfError(evidence)}; ${parametersOf(evidence)}`,
    failures: (evidence) => [
      ...(most(evidence) < GREATLY * evidence.errors.than
        ? []
        : ['"A little" is taken to mean by less than a quarter of the error, for all of the interval.']),
      ...(evidence.better.parameters < evidence.than.parameters ? [] : ["It saves no parameters."]),
    ],
  },
  {
    claim: "Knowing the mechanism gives a better result with half of the MLP's parameters",
    better: "one-by-one",
    than: "mlp",
    also: (evidence) => `; ${parametersOf(evidence)}`,
    failures: ({ better, than }) =>
      better.parameters <= than.parameters / 2 ? [] : ["It has more than half of the parameters."],
  },
];

/** ", 54% of the error"; nothing if there is no error. */
function partOfError({ difference, errors }: Evidence): string {
  const part = (100 * Math.abs(difference.mean)) / errors.than;
  return errors.than > 0 ? `, ${part.toFixed(0)}% of the error` : "";
}

const parametersOf = ({ better, than }: Evidence): string =>
  `${count(better.parameters)} parameters against ${count(than.parameters)}`;

/** By how much the error is lowered at least and at most, within the interval. */
const least = ({ difference: { mean, ci95 } }: Evidence): number => 0 - (ci95?.[1] ?? mean);
const most = ({ difference: { mean, ci95 } }: Evidence): number => 0 - (ci95?.[0] ?? mean);
