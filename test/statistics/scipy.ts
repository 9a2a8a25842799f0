import { readFileSync } from "node:fs";

/** What `make_fixtures.py` has written. */
interface Figures {
  /** x and Φ(x). */
  readonly normalCdf: readonly (readonly [number, number])[];
  /** p and Φ⁻¹(p). */
  readonly normalQuantile: readonly (readonly [number, number])[];
  readonly bca: readonly {
    readonly sample: string;
    /** What one of `values` and of the interval's ends is worth. */
    readonly unit: number;
    readonly values: readonly number[];
    readonly interval: readonly [number, number];
  }[];
}

export const scipy: Figures = JSON.parse(readFileSync(new URL("./fixtures.json", import.meta.url), "utf8"));
