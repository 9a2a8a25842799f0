import {
  type FinishedRun,
  type KernelModule,
  Kernels,
  measureRun,
  type PairMeasures,
  type PairsToMeasure,
} from "../../core/index.js";

/** What a run is measured with. */
export interface Measuring {
  readonly run: FinishedRun;
  readonly pairs: PairsToMeasure;
  readonly kernels: KernelModule;
}

/** One instance, whose memory is reused from run to run. */
let kernels: Kernels | undefined;

/** Measures what a run's answers are worth, apart from the worker that looks into networks: it takes seconds. */
export const methods = {
  measure({ run, pairs, kernels: module }: Measuring): PairMeasures {
    kernels ??= new Kernels(module);
    return measureRun(run, pairs, kernels);
  },
};

export type MeasuresMethods = typeof methods;
