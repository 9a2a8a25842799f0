import type { Worker } from "node:worker_threads";
import { inputOf } from "../../core/data/images.js";
import type { PairCountNames } from "../../core/data/pools.js";
import type { KernelModule } from "../../core/engine/kernels.js";
import { InvalidRequest } from "../../core/errors.js";
import type { MeasuredRun } from "../../core/experiments/shared/all-test-pairs.js";
import { type Apparatus, jobsFor, pairCounts, type RunRequest } from "../../core/experiments/shared/apparatus.js";
import { SETTINGS } from "../../core/settings/table.js";
import { nounFor } from "../../core/text/format.js";
import { cannotAnswer } from "../../core/training/cannot-answer.js";
import { type Job, LEAST_CLASSES_TO_SPLIT, type RunConfig, shapeOf } from "../../core/training/job.js";
import type { RunRecord } from "../../core/training/run.js";
import { copiesApart } from "../data/copies.js";
import type { Dataset } from "../data/dataset.js";
import type { Choice } from "../data/keep.js";
import { loadDataset } from "../data/load-dataset.js";
import { checkWritable } from "../files.js";
import { engineIdentity, loadKernels } from "../kernels.js";
import { machineMemory } from "../machine-memory.js";
import { queueAddress } from "../queue/address.js";
import type { ReportPart } from "../report/index.js";
import { RunStore } from "../runs/store.js";
import { measureRuns } from "../workers/measure-runs.js";
import { plannedRuns } from "../workers/plan-runs.js";
import { type RunJobsOptions, runJobs } from "../workers/run-jobs.js";
import { size } from "../workers/threads.js";
import type { Trainer } from "../workers/trainer.js";
import { fusedGain, isFirst, wasSaid } from "./fused-gain.js";
import { imagesAsked, type PairSettings, type SessionOptions } from "./options.js";
import { PAIR_OPTIONS } from "./pair-names.js";
import { Interrupted } from "./terminal/interrupted.js";
import { interruptible } from "./terminal/interrupts.js";
import { remark } from "./terminal/output.js";
import { chooseProgress, decodingProgress, measuringProgress } from "./terminal/progress/index.js";
import { trouble } from "./terminal/progress/trouble.js";

/** Node's own functions throw an error on an aborted signal whose cause is the signal's reason. */
const isInterrupt = (error: unknown, { aborted, reason }: AbortSignal): boolean =>
  aborted && (error === reason || (error instanceof Error && error.cause === reason));

/** Trainings that together take less are fast enough for anybody. */
const LONG_SECONDS = 60;
/** Below, it is not worth other bits. */
const LEAST_GAIN = 1.1;

export interface SessionResources {
  /** The threads that train the runs; the session stops them when it closes. */
  readonly threads: readonly Worker[];
  /** The images that its runs need, if not all. */
  readonly images?: Choice;
  /** How the command asks for other pairs; default `PAIR_OPTIONS`. */
  readonly pairNames?: PairCountNames;
  /** Where results will be written at the end: checked before anything is trained. */
  readonly reportFolder?: string;
  /** What an interrupt says, if not which runs are kept. */
  readonly interrupted?: string;
}

/** What a training command has while it lasts: images, kernels, threads, and the store that its runs go to. */
export class Session {
  /** What its runs are made with. */
  readonly apparatus: Apparatus;
  readonly store: RunStore;
  readonly #kernels: KernelModule;
  readonly #quiet: boolean;
  /** Whether it was said what training and test pairs do not share. */
  readonly #asksSplit: boolean;
  #foldersChecked = false;
  #hasSaid = false;
  #asked = 0;
  #finished = 0;
  /** Of all trainings here, and the one that took longest. */
  #seconds = 0;
  #slowest = 0;
  #trained: Job | undefined;

  private constructor(
    options: SessionOptions,
    readonly dataset: Dataset,
    readonly resources: SessionResources,
    /** What trains in place of this process's threads. */
    readonly trainer: Trainer | undefined,
    /** Aborted at an interrupt. */
    readonly signal: AbortSignal,
  ) {
    const { workers, simd } = options;
    this.apparatus = { dataset, engine: engineIdentity(simd), workers, pairNames: resources.pairNames ?? PAIR_OPTIONS };
    this.store = new RunStore(options.runs);
    this.#kernels = loadKernels(options.simd);
    this.#quiet = options.quiet === true;
    this.#asksSplit = (options as PairSettings).split !== undefined;
  }

  /**
   * Loads what training needs, does `work`, and then stops the threads in any case. On an interrupt, the training, measuring
   * or report that is under way, or the next one, ends with an `Interrupted` that says what is kept.
   *
   * @throws InvalidRequest if the images, the kernels or a queue that is named cannot be used
   */
  static async with(
    options: SessionOptions,
    resources: SessionResources,
    work: (session: Session) => Promise<void>,
  ): Promise<void> {
    let trainer: Trainer | undefined;
    try {
      const { data, simd } = options;
      const address = queueAddress(options.queue);
      const progress = decodingProgress(options.quiet === true);
      const asked = { ...imagesAsked(options), choice: resources.images, onProgress: progress.show };
      const dataset = await loadDataset(data, asked).finally(progress.end);
      if (address) {
        const { trainerAt } = await import("../queue/queue-trainer.js");
        trainer = trainerAt(address, { dataset: dataset.identity, engine: engineIdentity(simd) });
      }
      await interruptible(async (signal) => {
        const session = new Session(options, dataset, resources, trainer, signal);
        await work(session).catch((error) => {
          throw isInterrupt(error, signal) ? session.#interrupted() : error;
        });
        await session.#sayGain();
      });
    } finally {
      await trainer?.close();
      await Promise.all(resources.threads.map((thread) => thread.terminate()));
    }
  }

  /** The jobs that runs are. @throws InvalidRequest as `jobsFor` */
  jobsOf(runs: readonly RunRequest[]): Job[] {
    return jobsFor(this.apparatus, runs);
  }

  /**
   * Trains jobs with progress on standard error. May be called several times; an interrupt keeps the runs that have
   * finished.
   *
   * @returns the records in the order of the jobs
   */
  async train(
    jobs: readonly Job[],
    options: Pick<RunJobsOptions, "startingWeights" | "checkWeights"> = {},
  ): Promise<RunRecord[]> {
    await this.#checkMemory(jobs);
    await this.#checkFolders();
    this.#sayFirst(jobs);
    this.#asked += jobs.length;
    const progress = await chooseProgress(jobs, this.#quiet);
    try {
      return await runJobs(jobs, {
        ...this.#means(),
        ...options,
        onEvent: (event) => {
          if (event.kind === "done") {
            this.#finished++;
            if (!event.kept && event.host === undefined) this.#trainedHere(event.record);
          }
          progress.show(event);
        },
      });
    } finally {
      progress.end();
    }
  }

  /**
   * Measures the networks of runs that `train` gave on all disjoint pairs of the test images, unless the store has the result from
   * before, with one line of progress. An interrupt keeps what was measured.
   */
  async measure(records: readonly RunRecord[]): Promise<MeasuredRun[]> {
    const progress = await measuringProgress(this.#quiet);
    try {
      return await measureRuns(records, {
        ...this.#means(),
        onProgress: progress.show,
        onEvent(event) {
          const wrong = trouble(event);
          if (wrong) remark(wrong);
        },
      });
    } finally {
      progress.end();
    }
  }

  /** Adds a part to a folder's report, at its place in `order`. Problems with existing parts are reported on standard error. */
  async report(folder: string, part: ReportPart, order: readonly string[]): Promise<void> {
    const { writeReport } = await import("../report/index.js");
    for (const wrong of await writeReport(folder, part, order, this.signal)) remark(wrong);
  }

  /** Says, before the first runs, what is to be known of their images and pairs. */
  #sayFirst(jobs: readonly Job[]): void {
    const [first] = jobs;
    if (!first || this.#hasSaid || this.#quiet) return;
    this.#hasSaid = true;
    const { config } = first;
    const split = config.split ?? "images";
    const unfit = new Set(
      jobs.flatMap((job) => {
        const why = cannotAnswer(job);
        return why === undefined ? [] : [`${job.architecture} ${why}`];
      }),
    );
    const about = [copiesApart(this.dataset, split), this.#notSplit(config), ...unfit, this.#fewer(first, jobs)];
    for (const line of about) if (line !== undefined) remark(line);
  }

  /** Where a question about new classes would be split by class, had there been enough of them. */
  #notSplit({ relation, split, dataset }: RunConfig): string | undefined {
    const { classes } = shapeOf(dataset);
    if (relation !== "equal" || split === "classes" || this.#asksSplit || classes >= LEAST_CLASSES_TO_SPLIT)
      return undefined;
    return `${classes} classes are too few to split by class: test pairs are of classes that training pairs have, and say nothing of others; from ${LEAST_CLASSES_TO_SPLIT} classes on they are of others`;
  }

  /** Where images make fewer pairs than is usual and nobody asked for another number. */
  #fewer({ config }: Job, jobs: readonly Job[]): string | undefined {
    const { trainPairs, testPairs, relation, evaluateOn, balance = false, split = "images", reuse = false } = config;
    const { usual } = SETTINGS.trainPairs;
    if (trainPairs >= usual && testPairs >= SETTINGS.testPairs.usual) return undefined;
    const seeds = [...new Set(jobs.map(({ seed }) => seed))];
    const most = pairCounts({ relation, evaluateOn, balance, split, reuse }, seeds, this.apparatus);
    const fewer = [
      ...(trainPairs < usual && trainPairs === most.trainPairs ? [`${trainPairs} training`] : []),
      ...(testPairs < SETTINGS.testPairs.usual && testPairs === most.testPairs ? [`${testPairs} ${evaluateOn}`] : []),
    ];
    if (fewer.length === 0) return undefined;
    const { identity } = this.dataset;
    return `${identity.name} has ${identity.listed ? "" : "images for "}${fewer.join(" and ")} pairs: those are used`;
  }

  /** What the threads need. */
  #means(): Omit<RunJobsOptions, "onEvent" | "checkpointSeconds"> {
    const { dataset, store, signal, trainer } = this;
    const { threads } = this.resources;
    return {
      dataset,
      kernels: this.#kernels,
      store,
      threads,
      cores: this.apparatus.workers,
      signal,
      ...(trainer && { trainer }),
    };
  }

  /** @throws InvalidRequest if there is too little memory for runs that are not in the store */
  async #checkMemory(jobs: readonly Job[]): Promise<void> {
    // Workers have other memory than this machine.
    if (this.trainer) return;
    const { threads } = this.resources;
    const check = async (some: readonly Job[]) => {
      const plan = {
        planned: plannedRuns(some),
        input: inputOf(this.dataset.train),
        machine: machineMemory(),
        atOnce: threads.length,
      };
      await size(threads[0] as Worker, { plan, kernels: this.#kernels }, this.signal);
    };
    try {
      await check(jobs);
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
      const found = await Promise.all(jobs.map(({ id }) => this.store.record(id)));
      await check(jobs.filter((_, i) => !found[i] || "damage" in found[i]));
    }
  }

  #trainedHere({ id, architecture, seed, config, seconds }: RunRecord): void {
    this.#seconds += seconds;
    if (seconds <= this.#slowest) return;
    this.#slowest = seconds;
    this.#trained = { id, architecture, seed, config };
  }

  /** Says once on a machine, after trainings that took their time, how much faster other kernels would be. */
  async #sayGain(): Promise<void> {
    const job = this.#trained;
    if (!job || this.#quiet || job.config.engine.simd !== "base" || this.#seconds < LONG_SECONDS) return;
    if (wasSaid()) return;
    const gain = fusedGain(job, this.dataset, this.#kernels) ?? 0;
    if (gain < LEAST_GAIN || !(await isFirst())) return;
    const bits = "its bits are others, and the same on every processor with fused multiply-add";
    remark(`--simd fused would train ${job.architecture} ${gain.toFixed(1)} times as fast here; ${bits}`);
  }

  #interrupted(): Interrupted {
    if (this.resources.interrupted) return new Interrupted(this.resources.interrupted);
    const kept =
      this.#asked === 0
        ? "before the first run"
        : `${this.#finished} of ${this.#asked} ${nounFor(this.#asked, "run is", "runs are")} kept in ${this.store.folder}/`;
    return new Interrupted(`interrupted: ${kept}; the same command continues`);
  }

  /**
   * Made late, because it creates the folder, which should happen only for a valid request. From here on, work is kept. The
   * code that trains checks the store.
   */
  async #checkFolders(): Promise<void> {
    this.signal.throwIfAborted();
    if (this.#foldersChecked) return;
    const { reportFolder } = this.resources;
    if (reportFolder) await checkWritable(reportFolder);
    this.#foldersChecked = true;
  }
}
