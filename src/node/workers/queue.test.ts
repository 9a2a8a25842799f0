import { describe, expect, it } from "vitest";
import { syntheticRuns } from "../../../test/support/stored.js";
import type { Job, RunRecord } from "../../core/index.js";
import { HOST } from "../processes.js";
import type { Holder } from "../runs/claims.js";
import { JobQueue, type JobQueueOptions } from "./queue.js";

const records = syntheticRuns(1)
  .slice(0, 5)
  .map(({ record }) => record);
const jobs: readonly Job[] = records.map(({ id, architecture, seed, config }) => ({ id, architecture, seed, config }));
const other: Holder = { host: "elsewhere", pid: 7 };

/** A store as a queue sees it: who holds what, what is finished, and each question that was asked. */
class Shared {
  readonly held = new Map<string, Holder>();
  readonly finished = new Map<string, RunRecord>();
  readonly asked: string[] = [];
  looks = 0;

  queue(options: Partial<JobQueueOptions> = {}): JobQueue {
    return new JobQueue(jobs, {
      take: async ({ id }) => {
        this.asked.push(id);
        const record = this.finished.get(id);
        if (record) return { record };
        return this.held.get(id) ?? { release: async () => {} };
      },
      claimed: async () => {
        this.looks++;
        return new Set(this.held.keys());
      },
      signal: new AbortController().signal,
      onWait: () => {},
      place: 0,
      ...options,
    });
  }
}

/** The places in the list of the jobs that a queue hands out. */
async function handedOut(queue: JobQueue, most = jobs.length): Promise<number[]> {
  const places: number[] = [];
  while (places.length < most) {
    const next = await queue.next();
    if (!next) break;
    places.push(jobs.indexOf(next.job));
  }
  return places;
}

describe("a queue", () => {
  it("hands out every job once, in order, where no other process is", async () => {
    const shared = new Shared();
    const queue = shared.queue({ place: 0.6 });
    expect(await handedOut(queue)).toEqual([0, 1, 2, 3, 4]);
    expect(await queue.next()).toBeUndefined();
    expect(shared.asked).toEqual(jobs.map(({ id }) => id));
  });

  it("asks nothing about jobs that others are seen to hold, and looks once for many of them", async () => {
    const shared = new Shared();
    for (const place of [0, 1, 3]) shared.held.set((jobs[place] as Job).id, other);
    expect(await handedOut(shared.queue(), 2)).toEqual([2, 4]);
    expect(shared.asked).toHaveLength(2);
    expect(shared.looks).toBe(1);
  });

  it("goes on at a place of its own once it meets another process", async () => {
    const shared = new Shared();
    shared.held.set((jobs[0] as Job).id, other);
    // Claimed after this process looked.
    const queue = shared.queue({ place: 0.5, claimed: async () => new Set() });
    expect(await handedOut(queue, 4)).toEqual([3, 4, 1, 2]);
  });

  it("gives the records of runs that others finished meanwhile", async () => {
    const shared = new Shared();
    shared.finished.set((jobs[1] as Job).id, records[1] as RunRecord);
    const queue = shared.queue();
    await queue.next();
    expect(await queue.next()).toEqual({ job: jobs[1], record: records[1] });
  });

  it("waits for what others hold, says so once, and takes it when its claim is gone", async () => {
    const shared = new Shared();
    const waited: [number, Holder][] = [];
    const queue = shared.queue({ onWait: (job, holder) => waited.push([jobs.indexOf(job), holder]) });
    shared.held.set((jobs[4] as Job).id, other);
    expect(await handedOut(queue, 4)).toEqual([0, 1, 2, 3]);
    const last = queue.next();
    setTimeout(() => shared.held.clear(), 1200);
    expect(await last).toMatchObject({ job: jobs[4], claim: {} });
    expect(waited).toEqual([[4, other]]);
    // The first time to learn who holds it, and the last.
    expect(shared.asked.filter((id) => id === jobs[4]?.id)).toHaveLength(2);
  });

  it("reads the claim of a process of this machine again as soon as that has ended", async () => {
    const shared = new Shared();
    const { id } = jobs[4] as Job;
    // No process has this id.
    shared.held.set(id, { host: HOST, pid: 2 ** 31 - 2 });
    const queue = shared.queue();
    await handedOut(queue, 4);
    const last = queue.next();
    setTimeout(() => shared.finished.set(id, records[4] as RunRecord), 700);
    expect(await last).toEqual({ job: jobs[4], record: records[4] });
  });

  it("ends with the signal's reason while it waits", async () => {
    const shared = new Shared();
    for (const { id } of jobs) shared.held.set(id, other);
    const controller = new AbortController();
    const next = shared.queue({ signal: controller.signal }).next();
    const reason = new Error("enough");
    setTimeout(() => controller.abort(reason), 100);
    await expect(next).rejects.toMatchObject({ cause: reason });
  });
});
