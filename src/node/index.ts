export { type Dataset, loadDataset } from "./data/dataset.js";
export { engineIdentity, loadKernels, type Simd } from "./kernels.js";
export type { StoredRuns } from "./runs/catalogue.js";
export type { Claim, Holder } from "./runs/claims.js";
export type { FileSeal, RunDocument } from "./runs/encode.js";
export type { DamagedRun } from "./runs/inspect.js";
export { RunStore } from "./runs/store.js";
export { type JobEvent, type RunJobsOptions, runJobs } from "./workers/run-jobs.js";
export { startThreads } from "./workers/threads.js";
