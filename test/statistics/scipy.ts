import { readFileSync } from "node:fs";

/** What `make_fixtures.py` has written. */
interface Figures {
  /** x and Φ(x). */
  readonly normalCdf: readonly (readonly [number, number])[];
  /** p and Φ⁻¹(p). */
  readonly normalQuantile: readonly (readonly [number, number])[];
  /** t, degrees of freedom and the probability below t. */
  readonly tCdf: readonly (readonly [number, number, number])[];
  /** At the confidence of which `expandedDeviate` is the deviate. */
  readonly bca: readonly {
    readonly sample: string;
    /** What one of `values` and of the interval's ends is worth. */
    readonly unit: number;
    readonly values: readonly number[];
    readonly interval: readonly [number, number];
  }[];
  /** Student's interval of the mean. */
  readonly tInterval: readonly {
    readonly sample: string;
    readonly values: readonly number[];
    readonly interval: readonly [number, number];
  }[];
  /** Of the sum of `first` divided by that of `second`, resampled in pairs, at the same confidence. */
  readonly bcaOfRatio: readonly {
    readonly sample: string;
    readonly first: readonly number[];
    readonly second: readonly number[];
    readonly interval: readonly [number, number];
  }[];
  readonly signFlip: readonly {
    readonly sample: string;
    readonly differences: readonly number[];
    readonly p: number;
  }[];
  readonly wilson: readonly {
    readonly successes: number;
    readonly n: number;
    readonly interval: readonly [number, number];
  }[];
  /** Of statsmodels. */
  readonly holm: readonly { readonly p: readonly number[]; readonly adjusted: readonly number[] }[];
}

export const scipy: Figures = JSON.parse(readFileSync(new URL("./fixtures.json", import.meta.url), "utf8"));
