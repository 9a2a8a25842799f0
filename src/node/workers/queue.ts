import { setTimeout } from "node:timers/promises";
import type { Job } from "../../core/index.js";
import type { Claim, Holder } from "../runs/claims.js";

/** How often other processes that train the wanted runs are asked whether they have finished. */
const POLL_MS = 500;

/** A job that only this process may train. */
export interface ClaimedJob {
  readonly job: Job;
  readonly claim: Claim;
}

/** Hands out jobs, first those that no other process trains; then waits for the others' claims to end in any way. */
export class JobQueue {
  readonly #waiting: Job[];
  readonly #announced = new Set<string>();
  /** One caller at a time looks for a job. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    jobs: readonly Job[],
    readonly options: {
      readonly claim: (job: Job) => Promise<Claim | Holder>;
      readonly signal: AbortSignal;
      /** Called once for each job that can only be waited for. */
      readonly onWait: (job: Job, holder: Holder) => void;
    },
  ) {
    this.#waiting = [...jobs];
  }

  /** The next job, claimed; the caller releases it. Undefined when there are no more. */
  next(): Promise<ClaimedJob | undefined> {
    const next = this.#turn.then(() => this.#find());
    this.#turn = next.catch(() => {});
    return next;
  }

  async #find(): Promise<ClaimedJob | undefined> {
    const { claim, signal, onWait } = this.options;
    while (this.#waiting.length > 0) {
      const held: [Job, Holder][] = [];
      for (const [index, job] of this.#waiting.entries()) {
        signal.throwIfAborted();
        const answer = await claim(job);
        if ("release" in answer) {
          this.#waiting.splice(index, 1);
          return { job, claim: answer };
        }
        held.push([job, answer]);
      }
      for (const [job, holder] of held) {
        if (this.#announced.has(job.id)) continue;
        this.#announced.add(job.id);
        onWait(job, holder);
      }
      await setTimeout(POLL_MS, undefined, { signal });
    }
    return undefined;
  }
}
