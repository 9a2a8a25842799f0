import type { FinishedRun, Job, KernelModule } from "../../core/index.js";
import type { PostedPairs } from "../images/posted-pairs.js";
import { WorkerClient } from "../workers/client.js";
import type { TimedEpoch, Trainer } from "./experiment.js";
import type { TrainingMethods } from "./worker.js";

/** A trainer in a worker of its own. */
export class WorkerTrainer implements Trainer {
  readonly #client = new WorkerClient<TrainingMethods>("training");
  readonly #kernels: KernelModule;
  /** The last allowed epoch, also while the run's pairs are drawn. */
  #allowed = 0;
  readonly #pairsOf: (job: Job) => Promise<PostedPairs>;

  constructor(kernels: KernelModule, pairsOf: (job: Job) => Promise<PostedPairs>) {
    this.#kernels = kernels;
    this.#pairsOf = pairsOf;
  }

  async train(job: Job, allowed: number, onEpoch: (event: TimedEpoch) => void): Promise<FinishedRun> {
    this.#allowed = allowed;
    const pairs = await this.#pairsOf(job);
    return this.#client.call("train", { job, pairs, kernels: this.#kernels, allowed: this.#allowed }, onEpoch);
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
    this.#client.end(reason);
  }
}
