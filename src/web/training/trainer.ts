import { type FinishedRun, type Job, type KernelModule, stopGroup } from "../../core/index.js";
import type { PostedPairs } from "../images/posted-pairs.js";
import { WorkerClient } from "../workers/client.js";
import type { TimedEpoch, Trainer } from "./experiment.js";
import type { GroupPlace, Help, TrainingMethods } from "./worker.js";

/** A trainer in a worker of its own, which other workers help where a run gains from it and the page may share memory. */
export class WorkerTrainer implements Trainer {
  readonly #client = new WorkerClient<TrainingMethods>("training");
  #helpers: WorkerClient<TrainingMethods>[] = [];
  readonly #kernels: KernelModule;
  readonly #cores: number;
  /** The last allowed epoch, also while the run's pairs are drawn. */
  #allowed = 0;
  readonly #pairsOf: (job: Job) => Promise<PostedPairs>;

  /** @param cores  the most workers that may be busy with its runs */
  constructor(kernels: KernelModule, pairsOf: (job: Job) => Promise<PostedPairs>, cores: number) {
    this.#kernels = kernels;
    this.#pairsOf = pairsOf;
    this.#cores = cores;
  }

  async train(job: Job, allowed: number, onEpoch: (event: TimedEpoch) => void): Promise<FinishedRun> {
    this.#allowed = allowed;
    const task = { job, pairs: await this.#pairsOf(job), kernels: this.#kernels };
    let heard = 0;
    const run = (group?: GroupPlace) =>
      this.#client.call("train", { ...task, allowed: this.#allowed, ...(group && { group }) }, (event: TimedEpoch) => {
        // A run that begins again alone has the same epochs.
        if (event.epoch > heard) onEpoch(event);
        heard = Math.max(heard, event.epoch);
      });
    const { height, width, channels, classCount: classes } = task.pairs.train;
    const asked = { job, input: { height, width, channels, classes }, cores: this.#cores };
    const size = crossOriginIsolated && this.#cores > 1 ? await this.#client.call("groupSize", asked) : undefined;
    if (!size) return run();
    const memory = new SharedArrayBuffer(size.bytes);
    const place = (rank: number): GroupPlace => ({ rank, size: size.threads, memory });
    let failed = false;
    this.#help(task, size.threads - 1, place, () => {
      failed = true;
      stopGroup(memory);
    });
    try {
      return await run(place(0));
    } catch (error) {
      if (!failed || this.ended) throw error;
      return run();
    } finally {
      this.#endHelp("their run has ended");
    }
  }

  #help(task: Help, count: number, place: (rank: number) => GroupPlace, onFailure: () => void): void {
    this.#helpers = Array.from({ length: count }, () => new WorkerClient("training"));
    this.#helpers.forEach((helper, i) => {
      helper.call("help", { ...task, group: place(i + 1) }).catch(onFailure);
    });
  }

  #endHelp(reason: string): void {
    for (const helper of this.#helpers.splice(0)) helper.end(reason);
  }

  allow(epoch: number): void {
    this.#allowed = epoch;
    // If the worker has ended, its run has already failed and the failure is shown.
    this.#client.call("allow", epoch).catch(() => {});
  }

  get ended(): boolean {
    return this.#client.ended;
  }

  end(reason: string): void {
    this.#endHelp(reason);
    this.#client.end(reason);
  }
}
