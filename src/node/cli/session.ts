import type { Worker } from "node:worker_threads";
import { pooledInput, requirePairs } from "../../core/data/pairs.js";
import type { KernelModule } from "../../core/engine/kernels.js";
import { type Job, makeJob, type SettingOverrides } from "../../core/training/config.js";
import type { RunRecord } from "../../core/training/run.js";
import { type Dataset, loadDataset } from "../data/dataset.js";
import { imagesDrawnBy } from "../data/keep.js";
import { checkWritable } from "../files.js";
import { engineIdentity, loadKernels } from "../kernels.js";
import { RunStore } from "../runs/store.js";
import { runJobs } from "../workers/run-jobs.js";
import { Interrupted } from "./interrupted.js";
import type { TrainingOptions } from "./options.js";
import { chooseProgress } from "./progress/index.js";

/** The settings that a command line changes: those that were given. */
export function overridesOf(options: TrainingOptions): SettingOverrides {
  const { epochs, learningRate, batchSize, dropout, optimizer, auxiliaryWeight, pairs: trainPairs, evaluate } = options;
  const given = Object.entries({ epochs, learningRate, batchSize, dropout, optimizer, auxiliaryWeight, trainPairs });
  return { ...Object.fromEntries(given.filter(([, value]) => value !== undefined)), evaluate };
}

/** What a training command has once its request is known to be right. */
export interface Session {
  readonly kernels: KernelModule;
  readonly threads: readonly Worker[];
  readonly dataset: Dataset;
  readonly jobs: readonly Job[];
  readonly store: RunStore;
}

/**
 * Checks everything that a training command rests on before any work is done.
 *
 * @param runs          architectures with their seeds, and what is changed of their settings
 * @param threads       what the runs will be trained in; nobody else stops them once there is a session
 * @param reportFolder  where something will be written when all is done
 */
export async function openSession(
  options: TrainingOptions,
  runs: readonly { readonly architecture: string; readonly seed: number; readonly overrides: SettingOverrides }[],
  threads: readonly Worker[],
  reportFolder?: string,
): Promise<Session> {
  const engine = engineIdentity(options.simd);
  const kernels = loadKernels(options.simd);
  const [first, ...others] = runs;
  const oneRound = first && others.every(({ seed }) => seed === first.seed);
  const dataset = await loadDataset(options.data, oneRound ? imagesDrawnBy(first.seed, first.overrides) : undefined);
  const jobs = runs.map(({ architecture, seed, overrides }) =>
    makeJob(architecture, seed, dataset.identity, engine, overrides, pooledInput(dataset.train)),
  );
  for (const { config } of jobs) {
    const { evaluateOn } = config;
    requirePairs("training", config, dataset.train.count);
    requirePairs(evaluateOn, config, dataset[evaluateOn === "test" ? "test" : "train"].count);
  }
  // Last, because it makes the folders.
  if (reportFolder) await checkWritable(reportFolder);
  const store = new RunStore(options.runs);
  await store.checkWritable();
  return { kernels, threads, dataset, jobs, store };
}

/** Trains a session's jobs with progress on standard error; an interrupt keeps the runs that have finished. */
export async function trainSession(session: Session, options: TrainingOptions): Promise<RunRecord[]> {
  const { jobs, store } = session;
  const progress = await chooseProgress(jobs, options.quiet === true);
  const controller = new AbortController();
  const interrupt = () => controller.abort(new Interrupted());
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  let finished = 0;
  try {
    return await runJobs(jobs, {
      ...session,
      signal: controller.signal,
      onEvent(event) {
        if (event.kind === "done") finished++;
        progress.show(event);
      },
    });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    throw new Interrupted(
      `interrupted: ${finished} of ${jobs.length} runs are kept in ${store.folder}/; the same command continues`,
    );
  } finally {
    await Promise.all(session.threads.map((thread) => thread.terminate()));
    progress.end();
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  }
}
