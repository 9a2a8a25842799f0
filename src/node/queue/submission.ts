import { setTimeout } from "node:timers/promises";
import type { Queue } from "bullmq";
import { InvalidRequest } from "../../core/errors.js";
import { placeNetwork } from "../../core/network/index.js";
import { parameterCount } from "../../core/network/network.js";
import { count, nounFor } from "../../core/text/format.js";
import { type Job, shapeOf } from "../../core/training/job.js";
import { abortable } from "../abortable.js";
import type { Claim, Holder } from "../runs/claims.js";
import type { KnownConfigs } from "../runs/decode.js";
import { setAside, type Work } from "../workers/trainer.js";
import {
  type Connection,
  isAway,
  isFull,
  isOfOtherType,
  MOST_USED,
  memoryUsed,
  reason,
  repliesTo,
  TRIED,
} from "./connect.js";
import { cut, type Notices } from "./notices.js";
import {
  isWorkerId,
  type Keys,
  LIVES,
  MOST_BEGUN,
  MOST_BYTES,
  MOST_FAILURE_BYTES,
  type QueuedJob,
  queuedId,
  type WorkerState,
  workerKey,
} from "./protocol.js";
import { decodeResult, type Result } from "./result.js";

/** Jobs that are added in one go, and keys that are asked about in one. */
const CHUNK = 500;
/**
 * How often it is asked what became of jobs. Where many are left nobody waits for the next one, and several results of one answer cost
 * less; each job of thousands costs Redis a microsecond.
 */
const POLL_MS = 200;
const PATIENT_POLL_MS = 1000;
const PATIENT_MS_PER_JOB = 4;
const POLL_MS_PER_JOB = 0.1;
const pauseFor = (jobs: number): number =>
  Math.max(POLL_MS, Math.min(PATIENT_POLL_MS, PATIENT_MS_PER_JOB * jobs), POLL_MS_PER_JOB * jobs);
/** Bytes of results that are fetched in one go, unless one alone has more. */
const FETCHED_BYTES = 2 ** 22;
/** Results that are written at the same time: one waits for the disk while another is checked. */
const RESULTS_AT_ONCE = 4;
/** Configurations of results that were checked. */
const MOST_CONFIGS = 100;
/** How often a run may fail before the command does. */
const MOST_FAILURES = 3;
/** How many workers may die while they train a run before the command gives it up. */
const MOST_DEATHS = 5;
/** How often it is looked whether BullMQ has lost a job. */
const REVIEW_MS = 5000;
/** How often it is looked which runs other processes hold in the store, and a claim is read again. */
const LOOK_MS = 500;
const REREAD_MS = 10_000;

// Each is one command: a pipeline of BullMQ's connection costs its program more than Redis needs for all of it.
/**
 * What became of jobs. Returns a list with the number of each job that has a result, then its bytes, -1 for what is of another type, or
 * -2 for what is empty; and a list of those that are gone without one.
 */
const ASK = `${TRIED}
local finished, gone = {}, {}
for i = 3, #ARGV do
  local key = ARGV[2] .. ARGV[i]
  local bytes = tried('strlen', key)
  if type(bytes) == 'table' then bytes = -1 end
  if bytes == 0 and redis.call('exists', ARGV[1] .. ARGV[i]) == 0 then
    if redis.call('exists', key) == 1 then bytes = -2 else gone[#gone + 1] = i - 3 end
  end
  if bytes ~= 0 then
    finished[#finished + 1] = i - 3
    finished[#finished + 1] = bytes
  end
end
return { finished, gone }`;
/** The beginnings of results; nothing for those of another type. */
const FETCH = `${TRIED}
local results = {}
for i, key in ipairs(KEYS) do
  local result = tried('getrange', key, 0, ARGV[1])
  results[i] = type(result) == 'string' and result
end
return results`;
/** Results that are kept, and who has begun their runs. Others may have asked for them too. */
const FETCHED = `
for i = 1, #KEYS, 2 do
  redis.call('expire', KEYS[i], ARGV[1])
  redis.call('unlink', KEYS[i + 1])
end`;

/** What a submission needs of the trainer that makes it. */
export interface Means {
  readonly connection: Connection;
  readonly notices: Notices;
  readonly keys: Keys;
  readonly session: string;
  readonly queue: Queue;
}

/**
 * Jobs on their way through a queue. Nothing is kept in Redis alone: what becomes of a job is asked again and again, and a job that
 * Redis has neither waiting nor finished is sent again.
 */
export class Submission {
  /** All that is not in the store yet. */
  readonly #left: Map<string, Job>;
  /** Those that are to be sent, in their order. */
  readonly #unsent: Set<string>;
  /** Those that were sent. */
  readonly #sent = new Set<string>();
  /** Those that another process trains in the same store, and when its claim was read. */
  readonly #held = new Map<string, { readonly holder?: Holder; readonly read: number }>();
  /** Claims of runs that workers train, so that no other process of this store trains them. */
  readonly #own = new Map<string, Claim>();
  /** Runs that workers train, with their epochs and machines. */
  readonly #running = new Map<string, { readonly epoch: number; readonly host: string }>();
  readonly #configs: KnownConfigs = new Map();
  /** Results that could not be used, by run. */
  readonly #refused = new Map<string, number>();
  /** Runs whose failures of earlier commands were removed. */
  readonly #begun = new Set<string>();
  readonly #announced = new Set<string>();
  /** Runs that failed and were not finished since. */
  readonly #failing = new Set<string>();
  /** Workers that were gone when that was looked last, of those that have begun a run. */
  #gone: ReadonlySet<string> = new Set();
  /** Those that BullMQ had in none of its lists when that was looked last. */
  #nowhere: ReadonlySet<string> = new Set();
  #reviewed = performance.now();
  #workers = "";
  #looked = Number.NEGATIVE_INFINITY;

  constructor(
    jobs: readonly Job[],
    readonly work: Work,
    readonly means: Means,
  ) {
    for (const job of jobs) checkSize(job);
    this.#left = new Map(jobs.map((job) => [job.id, job]));
    this.#unsent = new Set(this.#left.keys());
  }

  /** @param begin  is to say that somebody waits, before the first job is sent */
  async run(begin: () => Promise<void>): Promise<void> {
    const { signal } = this.work;
    try {
      let hasBegun = false;
      while (this.#left.size > 0) {
        signal.throwIfAborted();
        try {
          if (!hasBegun) await abortable(begin(), signal);
          hasBegun = true;
          await this.#look();
          await this.#send();
          await this.#collect();
          await this.#review();
          this.means.notices.over("unready");
        } catch (error) {
          signal.throwIfAborted();
          if (!isFull(error) && !isAway(error)) throw error;
          this.#unready(error);
        }
        if (this.#left.size > 0) await setTimeout(pauseFor(this.#sent.size), undefined, { signal });
      }
    } finally {
      await Promise.all([...this.#own.values()].map((claim) => claim.release()));
    }
  }

  /** The ids of runs that are not in the store yet. */
  left(): Iterable<string> {
    return this.#left.keys();
  }

  /** Sees what workers of this queue train. */
  see(states: readonly WorkerState[]): void {
    const { onEvent } = this.work;
    this.#running.clear();
    const workers = states.map(({ host, threads, running }) => ({
      host,
      threads,
      running: running.flatMap(({ id, epoch }) => {
        const job = this.#left.get(id);
        if (!job) return [];
        this.#running.set(id, { epoch, host });
        return [{ job, epoch: Math.min(epoch, job.config.epochs) }];
      }),
    }));
    const shown = JSON.stringify(
      workers.map(({ running, ...rest }) => [rest, running.map(({ job, epoch }) => [job.id, epoch])]),
    );
    if (shown === this.#workers) return;
    this.#workers = shown;
    for (const { host, running } of workers)
      for (const { job, epoch } of running) {
        const seen = `${job.id} ${epoch}`;
        if (epoch === 0 || this.#announced.has(seen)) continue;
        this.#announced.add(seen);
        onEvent({ kind: "epoch", job, epoch: { epoch }, host });
      }
    onEvent({ kind: "workers", workers });
  }

  /**
   * Puts the weights that jobs start from where workers find them, if there are some, and keeps them there, also where somebody wrote
   * something else in their place.
   */
  async keepStart(): Promise<void> {
    const { startingWeights } = this.work;
    if (!startingWeights) return;
    const { redis } = this.means.connection;
    for (const sum of new Set([...this.#left.values()].flatMap(({ config }) => config.startingWeights?.sha256 ?? []))) {
      const key = this.means.keys.start(sum);
      const bytes = await redis.strlen(key).catch((error) => {
        if (!isOfOtherType(error)) throw error;
        return -1;
      });
      if (bytes !== startingWeights.length || (await redis.expire(key, LIVES.start)) === 0)
        await redis.set(key, Buffer.from(startingWeights), "EX", LIVES.start);
    }
  }

  #unready(error: unknown): void {
    // It was said that Redis is lost.
    if (!isFull(error) && !this.means.connection.isUp()) return;
    const what = isFull(error) ? "Redis is full" : `Redis cannot serve now (${reason(error)})`;
    this.means.notices.once("unready", `${what}: waiting until it can`);
  }

  /** Leaves out what other processes train in this store, and tells them what workers train. */
  async #look(): Promise<void> {
    if (performance.now() - this.#looked < LOOK_MS) return;
    const { store, onEvent } = this.work;
    for (const id of this.#running.keys()) {
      const job = this.#left.get(id);
      if (!job || this.#own.has(id) || this.#held.has(id)) continue;
      const claim = await store.claim(id, job);
      if ("release" in claim) this.#own.set(id, claim);
    }
    const claimed = await store.claimed();
    this.#looked = performance.now();
    for (const id of claimed) {
      if (!this.#left.has(id) || this.#own.has(id) || this.#held.has(id) || this.#running.has(id)) continue;
      this.#held.set(id, { read: Number.NEGATIVE_INFINITY });
      this.#unsent.delete(id);
      if (this.#sent.delete(id)) await this.#abortable(this.means.queue.remove(queuedId(id)));
    }
    for (const [id, { read }] of this.#held) {
      const job = this.#left.get(id) as Job;
      const isDue = performance.now() - read >= REREAD_MS;
      if (claimed.has(id) && !isDue) continue;
      if (await this.#inStore(job)) continue;
      const claim = await store.claim(id, job);
      if ("release" in claim) {
        this.#own.set(id, claim);
        this.#held.delete(id);
        this.#unsent.add(id);
      } else this.#held.set(id, { holder: claim, read: performance.now() });
    }
    if (this.#held.size < this.#left.size) return;
    for (const [id, { holder }] of this.#held) {
      if (!holder || this.#announced.has(id)) continue;
      this.#announced.add(id);
      onEvent({ kind: "waiting", job: this.#left.get(id) as Job, holder });
    }
  }

  /** Sends what is to be sent, as long as there is room for results too. */
  async #send(): Promise<void> {
    const { connection, keys, queue, session } = this.means;
    while (this.#unsent.size > 0) {
      const left = this.#unsent.size;
      if (!(await this.#hasRoom(`${count(left)} ${nounFor(left, "run is", "runs are")} sent when there is room`)))
        return;
      const batch = [...this.#unsent].slice(0, CHUNK);
      const fresh = batch.filter((id) => !this.#begun.has(id));
      if (fresh.length > 0)
        await this.#abortable(connection.redis.unlink(...fresh.flatMap((id) => [keys.failures(id), keys.begun(id)])));
      for (const id of fresh) this.#begun.add(id);
      const messages = batch.map((id) => {
        const data: QueuedJob = { job: this.#left.get(id) as Job, session };
        return { name: "run", data, opts: { jobId: queuedId(id), removeOnComplete: true, removeOnFail: true } };
      });
      await this.#abortable(queue.addBulk(messages));
      for (const id of batch) {
        this.#unsent.delete(id);
        this.#sent.add(id);
      }
    }
  }

  /** Whether Redis has room for results too. @param otherwise  what is said once where it has not */
  async #hasRoom(otherwise: string): Promise<boolean> {
    const { connection, notices } = this.means;
    const isFree = (await this.#abortable(memoryUsed(connection.redis))) <= MOST_USED;
    if (isFree) notices.over("room");
    else notices.once("room", `Redis uses over ${MOST_USED * 100}% of its maxmemory: ${otherwise}`);
    return isFree;
  }

  /** Keeps what is finished, and sees what is gone. */
  async #collect(): Promise<void> {
    const { finished, gone } = await this.#ask();
    for (const batch of batches(finished)) await this.#fetch(batch);
    for (const id of gone) {
      const job = this.#left.get(id) as Job;
      await this.#checkFailures(job);
      if (await this.#inStore(job)) continue;
      this.#sent.delete(id);
      this.#unsent.add(id);
    }
  }

  /** Which of the sent jobs have a result, and which Redis has no longer. */
  async #ask(): Promise<{ readonly finished: readonly Finished[]; readonly gone: readonly string[] }> {
    const { connection, keys } = this.means;
    const [finished, gone]: [Finished[], string[]] = [[], []];
    const sent = [...this.#sent];
    for (let first = 0; first < sent.length; first += CHUNK) {
      const chunk = sent.slice(first, first + CHUNK);
      const asked = connection.redis.eval(ASK, 0, keys.job(""), keys.result(""), ...chunk);
      const [done, lost] = (await this.#abortable(asked)) as [number[], number[]];
      for (let i = 0; i < done.length; i += 2)
        finished.push({ job: this.#left.get(chunk[done[i] as number] as string) as Job, bytes: done[i + 1] as number });
      for (const i of lost) gone.push(chunk[i] as string);
    }
    return { finished, gone };
  }

  /**
   * Forgets jobs that no worker will ever be given, so that they are sent again: BullMQ's scripts stop in their middle where Redis is
   * full, and a job may then be in none of its lists.
   */
  async #review(): Promise<void> {
    if (performance.now() - this.#reviewed < REVIEW_MS) return;
    const { connection, keys } = this.means;
    const lists = connection.redis.pipeline().lrange(keys.waiting, 0, -1).lrange(keys.active, 0, -1);
    const [waiting, taken] = (await this.#abortable(repliesTo(lists))) as [string[], string[]];
    const active = new Set(taken);
    const listed = new Set([...waiting, ...taken]);
    const nowhere = [...this.#sent].filter((id) => !listed.has(queuedId(id)));
    // One that was on its way from list to list is somewhere the next time.
    const lost = nowhere.filter((id) => this.#nowhere.has(id));
    if (lost.length > 0) await this.#abortable(connection.redis.unlink(...lost.map(keys.job)));
    this.#nowhere = new Set(nowhere);
    if (this.#unsent.size === 0) await this.#hasRoom("no worker takes a run until there is room");
    await this.#countDeaths([...this.#sent].filter((id) => active.has(queuedId(id))));
    // However long a run takes to fail, all its failures count.
    const failing = connection.redis.pipeline();
    for (const id of this.#failing) failing.expire(keys.failures(id), LIVES.failures);
    if (this.#failing.size > 0) await this.#abortable(repliesTo(failing));
    this.#reviewed = performance.now();
  }

  /** Sees whether runs kill their workers. @throws Error where one does again and again */
  async #countDeaths(runs: readonly string[]): Promise<void> {
    const { connection, keys, notices } = this.means;
    if (runs.length === 0) return;
    const asked = connection.redis.pipeline();
    for (const id of runs) asked.lrange(keys.begun(id), 0, MOST_BEGUN - 1);
    const replies = (await this.#abortable(asked.exec())) ?? [];
    // A key of another type has no workers.
    const begun = replies.map(([error, workers]) => (error ? [] : (workers as string[]).filter(isWorkerId)));
    const workers = [...new Set(begun.flat())];
    if (workers.length === 0) return;
    const lives = connection.redis.pipeline();
    for (const worker of workers) lives.exists(workerKey(worker));
    const living = await this.#abortable(repliesTo(lives));
    const gone = new Set(workers.filter((_, i) => !living[i]));
    for (const [i, id] of runs.entries()) {
      // After an outage a worker that lives is back the next time.
      const dead = new Set(begun[i]?.filter((worker) => gone.has(worker) && this.#gone.has(worker))).size;
      const run = inWords(this.#left.get(id) as Job);
      if (dead >= MOST_DEATHS) throw new Error(`${run} is given up: ${dead} workers died while they trained it`);
      if (dead > 0) notices.once(`died ${id}`, `a worker died while it trained ${run}; it is tried again`);
    }
    this.#gone = gone;
  }

  async #fetch(batch: readonly Finished[]): Promise<void> {
    const { connection, keys } = this.means;
    const { redis } = connection;
    const whole = batch.filter(({ bytes }) => bytes >= 0 && bytes <= MOST_BYTES);
    const resultKeys = whole.map(({ job }) => keys.result(job.id));
    const fetched = whole.length > 0 ? redis.callBuffer("eval", FETCH, whole.length, ...resultKeys, MOST_BYTES) : [];
    const results = (await this.#abortable(Promise.resolve(fetched))) as (Buffer | null)[];
    const bytesOf = new Map(whole.map((each, i) => [each, results[i]]));
    const kept: string[] = [];
    const next = batch.values();
    const keep = async () => {
      for (const each of next) if (await this.#keep(each, bytesOf.get(each))) kept.push(each.job.id);
    };
    // What was begun is kept, also where something else fails.
    const all = await Promise.allSettled(Array.from({ length: RESULTS_AT_ONCE }, keep));
    const over = kept.flatMap((id) => [keys.result(id), keys.begun(id)]);
    if (over.length > 0) await this.#abortable(redis.eval(FETCHED, over.length, ...over, LIVES.fetched));
    for (const each of all) if (each.status === "rejected") throw each.reason;
  }

  /** Keeps a result, or has the run trained again. @returns whether it is kept */
  async #keep({ job, bytes }: Finished, result: Buffer | null | undefined): Promise<boolean> {
    // It lives for a time, and may have ended just now.
    if (result?.length === 0) return false;
    const decoded = result ? this.#decode(result, job) : { wrong: whyNoResult(bytes) };
    if ("wrong" in decoded) {
      await this.#abortable(this.means.connection.redis.unlink(this.means.keys.result(job.id)));
      this.#refuse(job, decoded.wrong);
      return false;
    }
    const there = await this.work.look(job);
    if (there && "damage" in there) await setAside(job, there.damage, this.work);
    await this.work.keep(job, decoded.run, decoded.host);
    await this.#finish(job);
    return true;
  }

  #decode(bytes: Buffer, job: Job): Result | { readonly wrong: string } {
    if (bytes.length > MOST_BYTES) return { wrong: whyNoResult(bytes.length) };
    if (this.#configs.size > MOST_CONFIGS) this.#configs.clear();
    try {
      return decodeResult(bytes, job, this.#configs);
    } catch (error) {
      return { wrong: reason(error) };
    }
  }

  /** Has a run trained again whose result cannot be used. @throws Error where that happens again and again */
  #refuse(job: Job, wrong: string): void {
    const line = `the result of ${inWords(job)} is not used: ${wrong}`;
    const times = (this.#refused.get(job.id) ?? 0) + 1;
    if (times === MOST_FAILURES) throw new Error(`${line}; ${times} workers gave such results`);
    this.#refused.set(job.id, times);
    this.means.notices.once(`refused ${job.id} ${times}`, `${line}; it is trained again`);
  }

  /** @throws Error with what workers said, where the run failed too often */
  async #checkFailures(job: Job): Promise<void> {
    const { connection, keys, notices } = this.means;
    const key = keys.failures(job.id);
    const text = await this.#abortable(connection.redis.getrange(key, 0, MOST_FAILURE_BYTES)).catch(async (error) => {
      if (!isOfOtherType(error)) throw error;
      await this.#abortable(connection.redis.unlink(key));
      return "";
    });
    const lines = text.split("\n").filter((line) => line !== "");
    if (lines.length >= MOST_FAILURES)
      throw new Error(cut(`${inWords(job)} failed ${lines.length} times: ${[...new Set(lines)].join("; ")}`));
    const last = lines.at(-1);
    if (last) this.#failing.add(job.id);
    if (last) notices.once(`failed ${job.id} ${lines.length}`, `${inWords(job)} failed on ${last}; it is tried again`);
  }

  /** Whether the store has the run by now, which then is done. */
  async #inStore(job: Job): Promise<boolean> {
    const found = await this.work.look(job);
    if (!found || "damage" in found) return false;
    await this.work.found(job, found);
    await this.#finish(job);
    return true;
  }

  async #finish({ id }: Job): Promise<void> {
    this.#left.delete(id);
    this.#sent.delete(id);
    this.#unsent.delete(id);
    this.#held.delete(id);
    this.#failing.delete(id);
    await this.#own.get(id)?.release();
    this.#own.delete(id);
  }

  #abortable<T>(promise: Promise<T>): Promise<T> {
    return abortable(promise, this.work.signal);
  }
}

/** A job that has a result, and what `ASK` says of its bytes. */
interface Finished {
  readonly job: Job;
  readonly bytes: number;
}

/** Parts whose results are fetched in one go. */
function* batches(finished: readonly Finished[]): Generator<readonly Finished[]> {
  let [batch, total]: [Finished[], number] = [[], 0];
  for (const each of finished) {
    if (batch.length > 0 && total + each.bytes > FETCHED_BYTES) {
      yield batch;
      [batch, total] = [[], 0];
    }
    batch.push(each);
    total += Math.max(0, each.bytes);
  }
  if (batch.length > 0) yield batch;
}

function whyNoResult(bytes: number): string {
  if (bytes > MOST_BYTES) return `has more than ${MOST_BYTES} bytes`;
  return bytes === -2 ? "is empty" : "is of another type";
}

/** Bytes of a weight. */
const WEIGHT_BYTES = 4;

/** @throws InvalidRequest where a run's weights alone are more than a queue takes as a result */
export function checkSize(job: Job): void {
  const { network, dataset } = job.config;
  const bytes = WEIGHT_BYTES * parameterCount(placeNetwork(network, shapeOf(dataset)));
  if (bytes > MOST_BYTES)
    throw new InvalidRequest(
      `${inWords(job)} has ${bytes} bytes of weights, and a queue takes ${MOST_BYTES}: train it without --queue`,
    );
}

const inWords = ({ id, architecture, seed }: Job): string => `run ${id} (${architecture}, seed ${seed})`;
