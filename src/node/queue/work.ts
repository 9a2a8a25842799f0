import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import type { Worker as Thread } from "node:worker_threads";
import type { Job as Message, Worker } from "bullmq";
import { InvalidRequest } from "../../core/errors.js";
import type { FinishedRun, Job, KernelModule } from "../../core/index.js";
import { abortable } from "../abortable.js";
import type { Dataset } from "../data/dataset.js";
import { HOST } from "../processes.js";
import { carryOut, startThreads } from "../workers/threads.js";
import type { QueueAddress } from "./address.js";
import {
  type Connection,
  connect,
  isAway,
  isForbidden,
  isFull,
  isLost,
  isOfOtherType,
  MOST_USED,
  noRight,
  reason,
  repliesTo,
  TRIED,
} from "./connect.js";
import { checkTypes, named, otherType, type Place } from "./key-types.js";
import { boundedBackend } from "./messages.js";
import { Notices } from "./notices.js";
import {
  BEAT_MS,
  type Equipment,
  type Keys,
  keysOf,
  LIVES,
  MOST_BEGUN,
  MOST_BYTES,
  MOST_FAILURE_BYTES,
  PREFIX,
  queueName,
  readQueued,
  WORKERS_KEY,
  type WorkerState,
  workerKey,
} from "./protocol.js";
import { encodeResult } from "./result.js";

/**
 * A worker that dies loses its jobs after this time, to the first of the others that looks. A living one says after a quarter to half of
 * it that it has them; where it could not, a run is trained twice. In milliseconds.
 */
const LOCK_MS = 10_000;
const STALLED_EVERY_MS = 2500;
/** How often a run's worker may die before the run is dropped; its submitter then sends it again. */
const MOST_STALLED = 5;
/** How long one question for jobs lasts, in seconds. */
const DRAIN_DELAY = 2;
/** After an outage jobs are asked for again this soon. */
const RETRY_MS = 1000;
/** A session must be gone for as long before a run in training is given up: after an outage it takes a moment to come back. */
const GONE_MS = 5000;
/** No checkpoint is asked for. */
const NEVER = Number.MAX_SAFE_INTEGER;
/** Of a line about a failure. */
const MOST_LINE = 500;

// Each is one command: a pipeline of BullMQ's connection costs its program more than Redis needs for all of it.
/**
 * Whether a run is still to be trained: it has no result, and somebody waits for it. If so, this worker has begun it: whoever waits
 * counts the workers that it kills. A full Redis takes no word of it, and neither does a key of another type.
 */
const BEGIN = `${TRIED}
if redis.call('exists', KEYS[1]) == 1 or redis.call('exists', KEYS[2]) == 0 then return 0 end
tried('rpush', KEYS[3], ARGV[1])
tried('ltrim', KEYS[3], -tonumber(ARGV[2]), -1)
tried('expire', KEYS[3], ARGV[3])
return 1`;
/** Keeps a result, unless there is one, and notes that this worker has ended the run. */
const KEEP = `${TRIED}
local kept = redis.call('set', KEYS[1], ARGV[1], 'EX', ARGV[2], 'NX')
tried('lrem', KEYS[2], 0, ARGV[3])
return kept and 1 or 0`;
/**
 * Says what a worker does. Returns how many bytes Redis uses of how many, why it does not take what is said, and for each session
 * whether somebody waits.
 */
const BEAT = `
local info = redis.call('info', 'memory')
local said = redis.pcall('set', KEYS[1], ARGV[1], 'EX', ARGV[2])
if not said.err then said = redis.pcall('sadd', KEYS[2], ARGV[3]) end
local used, most = info:match('used_memory:(%d+)'), info:match('maxmemory:(%d+)')
local reply = { used or '0', most or '0', type(said) == 'table' and said.err or '' }
for i = 3, #KEYS do reply[i + 1] = redis.call('exists', KEYS[i]) end
return reply`;

/** Options of `work`. */
export interface WorkOptions {
  readonly address: QueueAddress;
  readonly dataset: Dataset;
  readonly engine: Equipment["engine"];
  readonly kernels: KernelModule;
  /** Runs that are trained at once. */
  readonly threads: number;
  /** Aborted to end: nothing new is taken, and runs in training are finished. */
  readonly signal: AbortSignal;
  /** Called when jobs are taken from now on. */
  readonly onReady: (queue: string) => void;
  readonly onTrained: (run: FinishedRun["record"]) => void;
  /** Told in one line what goes wrong without an end. */
  readonly onNotice: (line: string) => void;
}

/**
 * Trains the jobs of a queue until the signal is aborted.
 *
 * @throws InvalidRequest where Redis does not answer, or is not as a queue needs it; the signal's reason where it is aborted before
 *   Redis has answered
 */
export async function work(options: WorkOptions): Promise<void> {
  const notices = new Notices(options.onNotice);
  const connection = await connect(options.address, options.onNotice, options.signal);
  const threads = startThreads(options.threads);
  const worker = new QueueWorker(options, connection, notices, threads);
  try {
    await worker.run();
  } finally {
    connection.close();
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

/** A run in training. */
interface Training {
  readonly session: string;
  /** Aborted when nobody waits for it any more. */
  readonly unwanted: AbortController;
  epoch: number;
  /** Since when its session is gone. */
  gone: number | undefined;
  /** Ends when the run is trained and its result is written, or not. */
  ended: Promise<void>;
}

class QueueWorker {
  readonly #id = randomUUID();
  readonly #queue: string;
  readonly #keys: Keys;
  readonly #equipment: Equipment;
  readonly #running = new Map<string, Training>();
  readonly #idle: Thread[];
  #beating = false;
  /** Aborted where Redis can be used no more. */
  readonly #unusable = new AbortController();

  constructor(
    readonly options: WorkOptions,
    readonly connection: Connection,
    readonly notices: Notices,
    readonly threads: Thread[],
  ) {
    const { engine, dataset } = options;
    this.#equipment = { engine, dataset: dataset.identity };
    this.#queue = queueName(this.#equipment);
    this.#keys = keysOf(this.#queue);
    this.#idle = [...threads];
  }

  async run(): Promise<void> {
    const { signal } = this.options;
    const ends = AbortSignal.any([signal, this.#unusable.signal]);
    let worker: Worker | undefined;
    let timer: NodeJS.Timeout | undefined;
    try {
      const ready = await this.#start(ends);
      worker = ready;
      timer = setInterval(() => this.#beatOnce(ready), BEAT_MS);
      this.options.onReady(this.#queue);
      if (!ends.aborted) await once(ends, "abort");
      this.#unusable.signal.throwIfAborted();
      await this.#end(ready);
    } catch (error) {
      // It had taken nothing yet.
      if (!(signal.aborted && error === signal.reason)) throw error;
    } finally {
      clearInterval(timer);
      worker?.close(true).catch(() => {});
    }
  }

  /**
   * Takes jobs from now on, as soon as Redis lets it.
   *
   * @throws the signal's reason; InvalidRequest where a right is missing, or a key is of another type
   */
  async #start(ends: AbortSignal): Promise<Worker> {
    for (;;) {
      let worker: Worker | undefined;
      try {
        await abortable(checkTypes(this.#place), ends);
        // What this user may not do shows at once.
        if (await abortable(this.#beat(), ends)) {
          worker = this.#makeWorker();
          await abortable(worker.waitUntilReady(), ends);
          worker.run().catch((error) => this.#hear(error));
          return worker;
        }
      } catch (error) {
        // One that was not ready once never is.
        worker?.close(true).catch(() => {});
        ends.throwIfAborted();
        if (isForbidden(error)) throw noRight(error, this.options.address);
        if (!isFull(error) && !isAway(error)) throw await abortable(this.#named(error), ends);
      }
      await abortable(setTimeout(RETRY_MS, undefined, { signal: ends }), ends);
    }
  }

  #makeWorker(): Worker {
    const { connection, options } = this;
    const { Worker, createRedisBackend } = connection.packages;
    const settings = {
      connection: connection.redis,
      prefix: PREFIX,
      autorun: false,
      concurrency: options.threads,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_EVERY_MS,
      maxStalledCount: MOST_STALLED,
      drainDelay: DRAIN_DELAY,
      runRetryDelay: RETRY_MS,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    };
    const backend = boundedBackend(createRedisBackend);
    const worker = new Worker(this.#queue, (message) => this.#carryOut(message), settings, backend);
    return worker.on("error", (error) => this.#hear(error));
  }

  /** What goes wrong beside a run. */
  #hear(error: unknown): void {
    if (isForbidden(error)) {
      this.#unusable.abort(noRight(error, this.options.address));
      return;
    }
    // A lock that was lost to an outage costs at most a second training of the run.
    if (isAway(error) || isFull(error) || isLost(error) || !this.connection.isUp()) return;
    // A worker whose Redis is lost meanwhile has nothing to say of it.
    this.#named(error)
      .then((known) => {
        const line = known === error ? `Redis: ${reason(error)}` : reason(known);
        this.notices.once(line, line);
      })
      .catch(() => {});
  }

  get #place(): Place {
    return { redis: this.connection.redis, keys: this.#keys, address: this.options.address };
  }

  #named(error: unknown): Promise<unknown> {
    return named(error, this.#place, this.#running.keys());
  }

  async #beatOnce(worker: Worker): Promise<void> {
    if (this.#beating || !this.connection.isUp()) return;
    this.#beating = true;
    try {
      if (!(await this.#beat())) await worker.pause(true);
      else if (worker.isPaused()) await worker.resume();
    } catch (error) {
      this.#hear(error);
    } finally {
      this.#beating = false;
    }
  }

  /** Finishes what is in training, and says that this worker is gone. */
  async #end(worker: Worker): Promise<void> {
    const { redis, isUp } = this.connection;
    const closed = worker.close().catch(() => {});
    // Without Redis nothing can be handed over, and nothing is lost either: the jobs are still there.
    while (await Promise.race([closed.then(() => false), setTimeout(BEAT_MS, true)]))
      if (this.#running.size === 0 && !isUp()) return;
    if (isUp()) await redis.pipeline().unlink(workerKey(this.#id)).srem(WORKERS_KEY, this.#id).exec();
  }

  /** Says what this worker does, and sees who still waits. @returns whether Redis has room for the results of more runs */
  async #beat(): Promise<boolean> {
    const { engine, dataset, threads } = this.options;
    const running = [...this.#running];
    const state: WorkerState = {
      queue: this.#queue,
      version: engine.version,
      simd: engine.simd,
      dataset: dataset.identity.name,
      host: HOST,
      threads,
      running: running.map(([id, { epoch }]) => ({ id, epoch })),
    };
    const sessions = running.map(([, { session }]) => this.#keys.session(session));
    const keys = [workerKey(this.#id), WORKERS_KEY, ...sessions];
    const said = [JSON.stringify(state), LIVES.worker, this.#id];
    const reply = await this.connection.redis.eval(BEAT, keys.length, ...keys, ...said);
    const [used, most, refused, ...waits] = reply as [string, string, string, ...number[]];
    const hasRoom = Number(used) <= MOST_USED * (Number(most) || Number.POSITIVE_INFINITY);
    const line = `Redis uses over ${MOST_USED * 100}% of its maxmemory: no run is taken until there is room`;
    if (hasRoom) this.notices.over("room");
    else this.notices.once("room", line);
    for (const [i, [, training]] of running.entries()) {
      if (waits[i]) training.gone = undefined;
      else {
        training.gone ??= performance.now();
        if (performance.now() - training.gone >= GONE_MS) training.unwanted.abort(new Error("nobody waits for it"));
      }
    }
    // A full Redis takes nothing that is said.
    if (refused && hasRoom) throw new Error(refused);
    return hasRoom;
  }

  /** What BullMQ calls for a job. It never fails: a job that fails here is reported to its submitter, and done with. */
  async #carryOut({ id, data }: Message): Promise<void> {
    try {
      const { job, session } = readQueued(data, id, this.#equipment);
      this.notices.over("message");
      // A lock that was lost to a full Redis brings a job twice.
      const already = this.#running.get(job.id);
      if (already) return await already.ended;
      const keys = [this.#keys.result(job.id), this.#keys.session(session), this.#keys.begun(job.id)];
      const isWanted = await this.connection.redis.eval(BEGIN, 3, ...keys, this.#id, MOST_BEGUN, LIVES.begun);
      if (!isWanted) return;
      const training: Training = {
        session,
        unwanted: new AbortController(),
        epoch: 0,
        gone: undefined,
        ended: Promise.resolve(),
      };
      this.#running.set(job.id, training);
      training.ended = this.#train(job, training).finally(() => this.#running.delete(job.id));
      await training.ended;
    } catch (error) {
      // Its submitter sends it again.
      if (isForbidden(error) || isAway(error)) return this.#hear(error);
      this.notices.once("message", `a job of the queue is left out: ${reason(error)}`);
    }
  }

  /** Trains a run and writes its result, or why there is none. */
  async #train(job: Job, training: Training): Promise<void> {
    const { redis } = this.connection;
    const { signal } = training.unwanted;
    const begun = this.#keys.begun(job.id);
    let hasEnded = false;
    try {
      const run = await this.#inThread(job, training);
      const result = encodeResult(run, HOST);
      if (result.length > MOST_BYTES)
        throw new Error(
          `its result has ${result.length} bytes, and a queue takes ${MOST_BYTES}: train it without --queue`,
        );
      const key = this.#keys.result(job.id);
      // Before the job is done with: nobody sees it gone without a result.
      const kept = await this.#written(() => redis.eval(KEEP, 2, key, begun, result, LIVES.result, this.#id), signal);
      hasEnded = true;
      // Where this worker stood still, another one may have finished the run before.
      if (kept) this.options.onTrained(run.record);
    } catch (error) {
      if (signal.aborted) return;
      if (isForbidden(error)) return this.#hear(error);
      const line = `${HOST}: ${reason(error)}`.slice(0, MOST_LINE);
      this.notices.say(`run ${job.id} (${job.architecture}, seed ${job.seed}) failed: ${reason(error)}`);
      const key = this.#keys.failures(job.id);
      await this.#written(async () => {
        if ((await redis.strlen(key)) > MOST_FAILURE_BYTES) return;
        await repliesTo(redis.pipeline().append(key, `${line}\n`).expire(key, LIVES.failures));
      }, signal).catch(() => {});
    } finally {
      // Redis has it before the last word of a worker that ends: one connection keeps the order.
      if (!hasEnded) redis.lrem(begun, 0, this.#id).catch(() => {});
    }
  }

  async #inThread(job: Job, training: Training): Promise<FinishedRun> {
    const { dataset, kernels } = this.options;
    const { signal } = training.unwanted;
    const start = await this.#startOf(job);
    const task = { job, images: dataset, kernels, checkpointSeconds: NEVER, ...(start && { startingWeights: start }) };
    // There are as many threads as jobs at once.
    const thread = this.#idle.pop() as Thread;
    try {
      const run = await carryOut(thread, task, signal, (answer) => {
        if ("epoch" in answer) training.epoch = answer.epoch.epoch;
      });
      this.#idle.push(thread);
      if ("refused" in run) throw new Error(run.refused);
      return run;
    } catch (error) {
      // A thread that refuses a job goes on with others.
      if (error instanceof InvalidRequest) this.#idle.push(thread);
      else if (!this.#idle.includes(thread)) this.#replace(thread);
      throw error;
    }
  }

  /** A thread that failed, or trains what nobody waits for, gives its place to a new one. */
  #replace(thread: Thread): void {
    const [fresh] = startThreads(1) as [Thread];
    this.threads.splice(this.threads.indexOf(thread), 1, fresh);
    this.#idle.push(fresh);
    thread.terminate().catch(() => {});
  }

  /** The weights that a job starts from, if it does. */
  async #startOf({ config: { startingWeights } }: Job): Promise<Uint8Array | undefined> {
    if (!startingWeights) return undefined;
    const key = this.#keys.start(startingWeights.sha256);
    const bytes = await this.connection.redis.getrangeBuffer(key, 0, MOST_BYTES).catch((error) => {
      throw isOfOtherType(error) ? new Error(otherType(key, "string", this.options.address)) : error;
    });
    if (bytes.length === 0) throw new Error("the weights that it starts from are not there");
    return new Uint8Array(bytes);
  }

  /** Writes, and again until Redis takes it. */
  async #written<T>(write: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (;;)
      try {
        const reply = await abortable(write(), signal);
        this.notices.over("full");
        return reply;
      } catch (error) {
        signal.throwIfAborted();
        if (!isFull(error) && !isAway(error)) throw error;
        if (isFull(error)) this.notices.once("full", "Redis is full: results wait here until it has room");
        await setTimeout(RETRY_MS, undefined, { signal });
      }
  }
}
