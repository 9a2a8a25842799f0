export { type Dataset, loadDataset } from "./data/dataset.js";
export { engineIdentity, loadKernels, type Simd } from "./kernels.js";
export { type DamagedRun, RunStore } from "./runs/store.js";
export { type JobEvent, type RunJobsOptions, runJobs } from "./workers/run-jobs.js";
export { startThreads } from "./workers/threads.js";
