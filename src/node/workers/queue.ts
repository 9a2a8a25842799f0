import { setTimeout } from "node:timers/promises";
import type { Job, RunRecord } from "../../core/index.js";
import { HOST, hasEnded, PROCESS_SPACE } from "../processes.js";
import type { Claim, Holder } from "../runs/claims.js";
import { fromPlace, OWN_PLACE } from "./place.js";

/** How often it is looked which of the wanted runs other processes hold. */
const POLL_MS = 500;
/** How often a claim is read again, whose process may have ended on another machine. */
const REREAD_MS = 10_000;

/** A job that only this process may train, or one that another process has trained meanwhile. */
export type TakenJob = { readonly job: Job } & ({ readonly claim: Claim } | { readonly record: RunRecord });

/** Options of a `JobQueue`. */
export interface JobQueueOptions {
  /** The finished run if it is there by now, or the right to train it, or who trains it. */
  readonly take: (job: Job) => Promise<{ readonly record: RunRecord } | Claim | Holder>;
  /** The ids that have a claim now, living or dead: one look at a folder. */
  readonly claimed: () => Promise<ReadonlySet<string>>;
  readonly signal: AbortSignal;
  /** Called once for each job that can only be waited for. */
  readonly onWait: (job: Job, holder: Holder) => void;
  /** From 0 to 1: the place in the list where this process goes on once it meets another one. */
  readonly place?: number;
}

/**
 * Hands out jobs, first those that no other process trains; then waits for the others' claims to end in any way. Processes with
 * the same list begin alike. One that finds a job taken goes on at a place of its own, so that hundreds do not ask for the same.
 */
export class JobQueue {
  #waiting: Job[];
  /** Who held a job, and when that was read. */
  readonly #holders = new Map<string, { readonly holder: Holder; readonly read: number }>();
  readonly #announced = new Set<string>();
  #claimed: ReadonlySet<string> = new Set();
  #looked = Number.NEGATIVE_INFINITY;
  #hasMoved = false;
  /** One caller at a time looks for a job. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    jobs: readonly Job[],
    readonly options: JobQueueOptions,
  ) {
    this.#waiting = [...jobs];
  }

  /** How many jobs are not handed out yet. */
  get left(): number {
    return this.#waiting.length;
  }

  /** The next job; the caller releases its claim. Undefined when there are no more. */
  next(): Promise<TakenJob | undefined> {
    const next = this.#turn.then(() => this.#find());
    this.#turn = next.catch(() => {});
    return next;
  }

  async #find(): Promise<TakenJob | undefined> {
    const { claimed, signal, onWait } = this.options;
    while (this.#waiting.length > 0) {
      signal.throwIfAborted();
      if (performance.now() - this.#looked >= POLL_MS) {
        this.#claimed = await claimed();
        this.#looked = performance.now();
      }
      const free = this.#waiting.filter(({ id }) => !this.#claimed.has(id));
      const taken = (await this.#takeOneOf(free)) ?? (await this.#takeOneOf(this.#waiting.filter(this.#isDue)));
      if (taken) return taken;
      for (const job of this.#waiting) {
        const held = this.#holders.get(job.id);
        if (!held || this.#announced.has(job.id)) continue;
        this.#announced.add(job.id);
        onWait(job, held.holder);
      }
      await setTimeout(POLL_MS, undefined, { signal });
    }
    return undefined;
  }

  /** Whether a claimed job is worth reading its claim: it was never read, its process has ended here, or that was long ago. */
  readonly #isDue = ({ id }: Job): boolean => {
    const held = this.#holders.get(id);
    if (!held || performance.now() - held.read >= REREAD_MS) return true;
    return held.holder.host === HOST && hasEnded(held.holder.pid, PROCESS_SPACE);
  };

  async #takeOneOf(jobs: readonly Job[]): Promise<TakenJob | undefined> {
    let candidates = jobs;
    for (let i = 0; i < candidates.length; i++) {
      this.options.signal.throwIfAborted();
      const job = candidates[i] as Job;
      const answer = await this.options.take(job);
      if (!("host" in answer)) {
        this.#waiting.splice(this.#waiting.indexOf(job), 1);
        return { job, ...("record" in answer ? answer : { claim: answer }) };
      }
      this.#holders.set(job.id, { holder: answer, read: performance.now() });
      if (this.#hasMoved) continue;
      this.#hasMoved = true;
      candidates = fromPlace(candidates.slice(i + 1), this.options.place ?? OWN_PLACE);
      this.#waiting = [...new Set([...candidates, ...this.#waiting])];
      i = -1;
    }
    return undefined;
  }
}
