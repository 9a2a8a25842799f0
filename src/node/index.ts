/**
 * What needs a file system: data sets, kernels, the run store, threads.
 *
 * @module pairlab/node
 */
export { pictureCodecs } from "./data/codecs.js";
export type { Dataset } from "./data/dataset.js";
export { type DatasetOptions, loadDataset } from "./data/load-dataset.js";
export { engineIdentity, loadKernels, type Simd } from "./kernels.js";
export type { Equipment } from "./queue/protocol.js";
export { queueTrainer } from "./queue/queue-trainer.js";
export type { StoredRuns } from "./runs/catalogue.js";
export type { Claim, Holder } from "./runs/claims.js";
export type { FileSeal, RunDocument } from "./runs/encode.js";
export type { DamagedRun } from "./runs/inspect.js";
export { RunStore } from "./runs/store.js";
export type { MeasuringEvent } from "./workers/measure-runs.js";
export { runStoredExperiment, type StoredExperimentOptions } from "./workers/run-experiment.js";
export { type RunJobsOptions, runJobs } from "./workers/run-jobs.js";
export { startThreads } from "./workers/threads.js";
export type { BusyWorker, JobEvent, Trainer, Work } from "./workers/trainer.js";
