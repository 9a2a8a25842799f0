import type { EpochEvent, FinishedRun, Job, RunRecord } from "../../core/index.js";
import type { Holder } from "../runs/claims.js";
import type { DamagedRun } from "../runs/inspect.js";
import type { RunStore } from "../runs/store.js";

/** What happens while jobs run. */
export type JobEvent =
  /** `host`: the machine whose worker trains the run, where that is not this process; it then says no results. */
  | { readonly kind: "epoch"; readonly job: Job; readonly epoch: EpochEvent; readonly host?: string }
  /** Trained now, or found in the store. */
  | {
      readonly kind: "done";
      readonly job: Job;
      readonly record: RunRecord;
      readonly kept: boolean;
      readonly host?: string;
    }
  /** A stored run or checkpoint cannot be used: it was moved away, and the run is trained from the beginning. */
  | { readonly kind: "damaged"; readonly job: Job; readonly damage: string }
  /** Another process trains the run, and no other run is left to start. */
  | { readonly kind: "waiting"; readonly job: Job; readonly holder: Holder }
  /** The workers of a queue have changed, or what they train. */
  | { readonly kind: "workers"; readonly workers: readonly BusyWorker[] }
  /** Something about a queue that is to be known while its runs are waited for, in one line. */
  | { readonly kind: "notice"; readonly text: string };

/** A worker of a queue. */
export interface BusyWorker {
  readonly host: string;
  /** Runs that it trains at once, at most. */
  readonly threads: number;
  /** Runs of the jobs asked for that it trains, with the epochs that are done. */
  readonly running: readonly { readonly job: Job; readonly epoch: number }[];
}

/** What a trainer is given with jobs: the store, and how it is said what became of them. */
export interface Work {
  readonly store: RunStore;
  /** Aborting it ends the work. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: JobEvent) => void;
  /** Of all jobs that start from given weights: what `startFrom` made with them. */
  readonly startingWeights?: Uint8Array;
  /** The run's record if the store has it by now, or what is wrong with it. */
  readonly look: (job: Job) => Promise<RunRecord | DamagedRun | undefined>;
  /** Of a job whose run the store has: another process has trained it. */
  readonly found: (job: Job, record: RunRecord) => Promise<void>;
  /** Keeps a run that was trained. */
  readonly keep: (job: Job, run: FinishedRun, host?: string) => Promise<void>;
}

/** What trains the runs that a store does not have: threads of this process, or the workers of a queue. */
export interface Trainer {
  /** Gets what it needs, before anything is written. @throws InvalidRequest if that is not there */
  ready(): Promise<void>;
  /**
   * Trains jobs in any order. It ends when `found` or `keep` was called for each.
   *
   * @param jobs  each id once
   * @throws the signal's reason when it is aborted; InvalidRequest if a run cannot be trained or kept
   */
  train(jobs: readonly Job[], work: Work): Promise<void>;
  /** Gives back what it took for itself. No `train` may be under way. */
  close(): Promise<void>;
}

/** Moves a run that cannot be used out of the way, and says so. */
export async function setAside(job: Job, damage: string, { store, onEvent }: Work): Promise<void> {
  const folder = await store.setAside(job.id);
  onEvent({ kind: "damaged", job, damage: `${damage}; moved to ${folder}` });
}
