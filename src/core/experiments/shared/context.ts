import type { DatasetIdentity } from "../../training/index.js";

/** What every experiment's numbers rest on beside its settings. Round r has seed + r for its seed. */
export interface ExperimentContext {
  readonly rounds: number;
  readonly seed: number;
  readonly dataset: DatasetIdentity;
  readonly engine: { readonly version: string; readonly simd: string; readonly workers: number };
}
