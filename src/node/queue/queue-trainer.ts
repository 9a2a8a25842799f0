import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { Queue } from "bullmq";
import { count, nounFor } from "../../core/text/format.js";
import type { Job } from "../../core/training/job.js";
import { abortable } from "../abortable.js";
import type { Trainer, Work } from "../workers/trainer.js";
import { type QueueAddress, readAddress } from "./address.js";
import { type Connection, connect, isForbidden, isOfOtherType, noRight, TRIED } from "./connect.js";
import { checkTypes, named, otherType, type Place } from "./key-types.js";
import { Notices } from "./notices.js";
import {
  BEAT_MS,
  type Equipment,
  inWords,
  type Keys,
  keysOf,
  LIVES,
  MOST_STATE_BYTES,
  MOST_WORKERS,
  PREFIX,
  queueName,
  readState,
  WORKERS_KEY,
  type WorkerState,
  workerKey,
} from "./protocol.js";
import { Submission } from "./submission.js";

/** How often in a row, a second apart, no worker must be seen before that is said. */
const ALONE_BEATS = 3;
/** How long Redis may take for the last word. */
const FAREWELL_MS = 1000;
/**
 * Keeps a session alive, and returns what all workers say of themselves. Anybody may have filled their set: ids of workers are taken,
 * and no more than are looked at. A worker that says nothing is gone from it. Where they wrote another type in its place, the session is
 * kept alive before that ends the script. A full Redis takes no new key, and still keeps one longer.
 */
const BEAT = `${TRIED}
if redis.call('expire', KEYS[1], ARGV[1]) == 0 then redis.call('set', KEYS[1], 1, 'EX', ARGV[1]) end
local states, looked = {}, 0
for _, id in ipairs(redis.call('smembers', KEYS[2])) do
  if looked >= tonumber(ARGV[3]) then break end
  if #id == 36 then
    looked = looked + 1
    local state = tried('getrange', ARGV[2] .. id, 0, ARGV[4])
    if state == '' then redis.call('srem', KEYS[2], id)
    elseif type(state) == 'string' then states[#states + 1] = state end
  end
end
return states`;
/**
 * Forgets the jobs that a session sent and no worker has taken. A job that another session waits for too is sent again by that one. The
 * list is written anew, since taking thousands out of it one by one would hold Redis up.
 */
const FORGET = `
local kept, forgotten = {}, 0
for _, id in ipairs(redis.call('lrange', KEYS[1], 0, -1)) do
  local key = ARGV[1] .. id
  local data = redis.call('hget', key, 'data')
  if data and string.find(data, ARGV[2], 1, true) then
    redis.call('del', key)
    forgotten = forgotten + 1
  else kept[#kept + 1] = id end
end
if forgotten > 0 then
  redis.call('del', KEYS[1])
  for i = 1, #kept, 1000 do redis.call('rpush', KEYS[1], unpack(kept, i, math.min(i + 999, #kept))) end
end
return forgotten`;
/** BullMQ keeps what happened to jobs, for listeners. There are none. */
const EVENTS_KEPT = 10;

/**
 * What trains on the workers of a queue, `pairlab worker`, by Redis and BullMQ. It connects when the first run is to be trained: runs
 * that a store has need no queue. It needs the packages `bullmq` and `ioredis`.
 *
 * @param url        `redis://HOST:PORT`, or `rediss://HOST:PORT` for TLS; it may have a user and a password
 * @param equipment  the identities of the images and of the kernels that the jobs are made with: only workers with the same take them
 * @throws InvalidRequest where that is no such address; `ready` and `train` do so where the packages are missing, or Redis does not
 *   answer or is not as a queue needs it
 */
export const queueTrainer = (url: string, equipment: Equipment): Trainer =>
  trainerAt(readAddress(url, "the queue's address"), equipment);

/** As `queueTrainer`. */
export function trainerAt(address: QueueAddress, equipment: Equipment): Trainer {
  let opened: Promise<QueueTrainer> | undefined;
  const closing = new AbortController();
  const open = () => {
    opened ??= openTrainer(address, equipment, closing.signal);
    return opened;
  };
  return {
    async ready() {
      await open();
    },
    async train(jobs, work) {
      await (await abortable(open(), work.signal)).train(jobs, work);
    },
    async close() {
      closing.abort(new Error("closed"));
      await (await opened?.catch(() => undefined))?.close();
    },
  };
}

async function openTrainer(address: QueueAddress, equipment: Equipment, signal: AbortSignal): Promise<QueueTrainer> {
  let say = (_: string) => {};
  const connection = await connect(address, (line) => say(line), signal);
  const trainer = new QueueTrainer(connection, address, equipment);
  say = (line) => trainer.notices.say(line);
  return trainer;
}

/** Sends jobs to a queue, and keeps what comes back. */
class QueueTrainer {
  readonly notices = new Notices((text) => this.#work?.onEvent({ kind: "notice", text }));
  readonly #name: string;
  readonly #keys: Keys;
  readonly #queue: Queue;
  /** Workers drop the jobs of a session that is gone. */
  readonly #session = randomUUID();
  readonly #timer: NodeJS.Timeout;
  #work: Work | undefined;
  #submission: Submission | undefined;
  #beating: Promise<void> | undefined;
  /** How often in a row no worker of this queue was seen. */
  #alone = 0;

  constructor(
    readonly connection: Connection,
    readonly address: QueueAddress,
    readonly equipment: Equipment,
  ) {
    this.#name = queueName(equipment);
    this.#keys = keysOf(this.#name);
    const { Queue } = connection.packages;
    const streams = { events: { maxLen: EVENTS_KEPT } };
    this.#queue = new Queue(this.#name, { connection: connection.redis, prefix: PREFIX, streams });
    this.#queue.on("error", () => {});
    this.#timer = setInterval(() => this.#beat().catch(() => {}), BEAT_MS);
  }

  async train(jobs: readonly Job[], work: Work): Promise<void> {
    this.#work = work;
    const { connection, notices } = this;
    const [keys, session, queue] = [this.#keys, this.#session, this.#queue];
    const submission = new Submission(jobs, work, { connection, notices, keys, session, queue });
    this.#submission = submission;
    try {
      await submission.run(async () => {
        await checkTypes(this.#place);
        await this.#beat();
      });
    } catch (error) {
      if (isForbidden(error)) throw noRight(error, this.address);
      throw await abortable(named(error, this.#place, submission.left()), work.signal);
    } finally {
      this.#submission = undefined;
      this.#work = undefined;
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    const { redis, isUp, close } = this.connection;
    if (isUp()) {
      const { waiting, session, jobs } = this.#keys;
      const farewell = redis
        .pipeline()
        .unlink(session(this.#session))
        .eval(FORGET, 1, waiting, jobs, this.#session)
        .exec()
        .catch(() => {});
      await Promise.race([farewell, setTimeout(FAREWELL_MS, undefined, { ref: false })]);
    }
    await this.#queue.close().catch(() => {});
    close();
  }

  get #place(): Place {
    return { redis: this.connection.redis, keys: this.#keys, address: this.address };
  }

  /** Says that somebody waits for the jobs, and sees who trains them. One at a time: while Redis is away, they would pile up. */
  #beat(): Promise<void> {
    this.#beating ??= this.#sayAndSee().finally(() => {
      this.#beating = undefined;
    });
    return this.#beating;
  }

  async #sayAndSee(): Promise<void> {
    const session = this.#keys.session(this.#session);
    const limits = [MOST_WORKERS, MOST_STATE_BYTES];
    const asked = this.connection.redis.eval(BEAT, 2, session, WORKERS_KEY, LIVES.session, workerKey(""), ...limits);
    const said = await asked.catch((error) => {
      if (!isOfOtherType(error)) throw error;
      return undefined;
    });
    await this.#submission?.keepStart();
    if (!said) {
      // Workers that were there before train on.
      this.notices.once("workers", otherType(WORKERS_KEY, "set", this.address));
      return;
    }
    this.notices.over("workers");
    const states = (said as string[]).flatMap((text) => readState(text) ?? []);
    const here = states.filter(({ queue }) => queue === this.#name);
    this.#submission?.see(here);
    if (here.length > 0) {
      this.#alone = 0;
      this.notices.over("alone");
    } else if (++this.#alone >= ALONE_BEATS && this.#work) {
      this.notices.once("alone", this.#aloneInWords(states));
    }
  }

  #aloneInWords(others: readonly WorkerState[]): string {
    const { engine, dataset } = this.equipment;
    const wanted = inWords(engine, dataset.name);
    const here = `no worker at ${this.address.shown} has ${wanted}`;
    const kinds = new Map<string, number>();
    for (const other of others) {
      const sameWords = inWords(other, other.dataset) === wanted;
      const kind = inWords(other, sameWords ? `other images or kernels, called ${other.dataset} too` : other.dataset);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    const counted = [...kinds].map(([kind, many]) => `${count(many)} ${nounFor(many, "is", "are")} of ${kind}`);
    return `${here}${counted.length > 0 ? `: ${counted.join(", ")}` : ""}; waiting for one (pairlab worker${engine.simd === "base" ? "" : ` --simd ${engine.simd}`})`;
  }
}
