import type { createRedisBackend, Queue, Worker } from "bullmq";
import type { ChainableCommander, Redis } from "ioredis";
import { InvalidRequest } from "../../core/errors.js";
import { abortable } from "../abortable.js";
import { codeOf } from "../errors.js";
import type { QueueAddress } from "./address.js";

/** The packages that only a queue needs, as `package.json` pins them. */
const PACKAGES = "bullmq@6.7.0 ioredis@6.0.0";

interface Packages {
  readonly Queue: typeof Queue;
  readonly Worker: typeof Worker;
  readonly createRedisBackend: typeof createRedisBackend;
  readonly Redis: typeof Redis;
}

/** @throws InvalidRequest where they are not installed */
export async function loadPackages(): Promise<Packages> {
  try {
    const [{ Queue, Worker, createRedisBackend }, { Redis }] = await Promise.all([import("bullmq"), import("ioredis")]);
    return { Queue, Worker, createRedisBackend, Redis };
  } catch (error) {
    if (codeOf(error) !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new InvalidRequest(`a queue needs two packages that pairlab leaves to you: npm install ${PACKAGES}`);
  }
}

/** A connection to Redis that waits for it through outages. */
export interface Connection {
  readonly redis: Redis;
  readonly packages: Packages;
  /** Whether Redis answers now. */
  readonly isUp: () => boolean;
  /** Ends it and all its duplicates; what was asked and not answered fails. */
  close(): void;
}

/** The oldest Redis that BullMQ recommends; Valkey calls itself 7.2.4 or newer. */
const LEAST_VERSION = [6, 2] as const;

/** Milliseconds. */
const CONNECT_TIMEOUT = 5000;
const KEEP_ALIVE = 5000;
const SOCKET_TIMEOUT = 20_000;
const MOST_RETRY = 2000;
/** A server that stands still does not answer a farewell either. */
const DISCONNECT_TIMEOUT = 200;

/**
 * Connects to Redis.
 *
 * @param onNotice  told in one line when Redis is lost, and when it is back
 * @param signal    ends the attempt when it is aborted, and nothing later
 * @throws InvalidRequest where it does not answer, or is not as a queue needs it; the signal's reason
 */
export async function connect(
  address: QueueAddress,
  onNotice: (line: string) => void,
  signal: AbortSignal,
): Promise<Connection> {
  const packages = await loadPackages();
  const { host, port, db, tls, username, password, shown } = address;
  let state: "new" | "up" | "down" | "closed" = "new";
  let lastError: unknown;
  /** Whether it was said that Redis refuses this user. */
  let isRefused = false;
  const options = {
    ...{ host, port, db, ...(tls && { tls: {} }), ...(username && { username }), ...(password && { password }) },
    ...{ lazyConnect: true, connectTimeout: CONNECT_TIMEOUT, keepAlive: KEEP_ALIVE, socketTimeout: SOCKET_TIMEOUT },
    disconnectTimeout: DISCONNECT_TIMEOUT,
    retryStrategy: (times: number) =>
      state === "new" || state === "closed" ? null : Math.min(200 * times, MOST_RETRY),
    // Commands wait for Redis to come back.
    maxRetriesPerRequest: null,
    disableClientInfo: true,
  };
  const redis = new packages.Redis(options);
  redis.on("error", (error: Error & { readonly command?: { readonly name: string } }) => {
    lastError = error;
    if (state === "down" && !isRefused && REFUSED.test(error.message)) {
      isRefused = true;
      onNotice(`lost Redis at ${shown}: ${reason(error)}: waiting until it lets this user in`);
    }
    // After an outage too it would go on in database 0.
    if (error.command?.name === "select" && state !== "new") redis.disconnect(true);
  });
  // BullMQ makes a second connection for each worker, and forgets it where it could not be made.
  const clients = [redis];
  const duplicate = redis.duplicate.bind(redis);
  redis.duplicate = (override) => {
    const client = duplicate(override).on("error", () => {});
    clients.push(client);
    return client;
  };
  const close = () => {
    state = "closed";
    for (const client of clients) client.disconnect();
  };
  try {
    await abortable(redis.connect(), signal);
    await abortable(checkServer(redis, address), signal);
  } catch (error) {
    close();
    signal.throwIfAborted();
    if (error instanceof InvalidRequest) throw error;
    throw new InvalidRequest(`cannot use Redis at ${shown}: ${whyNot(lastError ?? error, tls)}`);
  }
  state = "up";
  redis.on("close", () => {
    if (state !== "up") return;
    state = "down";
    onNotice(`lost Redis at ${shown}: waiting for it`);
  });
  redis.on("ready", () => {
    if (state !== "down") return;
    state = "up";
    isRefused = false;
    onNotice(`Redis at ${shown} is back`);
  });
  return {
    redis,
    packages,
    isUp: () => state === "up",
    close,
  };
}

/** Why a connection cannot be made, where its own words would not say it. */
export function whyNot(error: unknown, tls: boolean): string {
  const says = reason(error);
  if (/Unknown RESP type/.test(says)) return "what answers there is no Redis";
  // A server without TLS waits for the rest of what it takes for a command.
  if (/Socket timeout/.test(says) || codeOf(error) === "ETIMEDOUT")
    return tls ? "it does not answer: does it speak TLS? Without, it is redis://" : "it does not answer";
  if (/index is out of range/.test(says)) return "it has no database of that number";
  const isCut = /ECONNRESET|EPIPE|socket hang up|[Cc]onnection is closed/.test(`${codeOf(error)} ${says}`);
  if (tls && (isCut || /wrong version number|EPROTO|before secure TLS/.test(says)))
    return "it does not speak TLS: is it redis://?";
  if (isCut) return "it ends the connection: does it speak TLS, rediss://?";
  return says;
}

/** What Redis or the system says, in one line; neither repeats a password. */
export function reason(error: unknown): string {
  const code = codeOf(error);
  const says: Readonly<Record<string, string>> = {
    ECONNREFUSED: "nothing listens there",
    ENOTFOUND: "there is no machine of that name",
    ETIMEDOUT: "it does not answer",
  };
  return says[code] ?? (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? code;
}

/** @throws InvalidRequest where the server is too old, has no such database, or would throw keys away when it is full */
async function checkServer(redis: Redis, { shown, db }: QueueAddress): Promise<void> {
  // Where it cannot select a database, the client goes on in database 0.
  if (db > 0) await redis.select(db);
  const info = await serverInfo(redis);
  const version = info.get("redis_version") ?? "";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [least, leastMinor] = LEAST_VERSION;
  if (!(major > least || (major === least && minor >= leastMinor)))
    throw new InvalidRequest(`Redis at ${shown} is ${version}: a queue needs ${LEAST_VERSION.join(".")} or newer`);
  const policy = info.get("maxmemory_policy") ?? "noeviction";
  if (policy !== "noeviction")
    throw new InvalidRequest(
      `Redis at ${shown} throws keys away when it is full (maxmemory-policy ${policy}): set maxmemory-policy noeviction`,
    );
}

/** The lines of INFO, by their names. */
async function serverInfo(redis: Redis, ...sections: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const text = await redis.info(...sections);
  const lines = text.split(/\r?\n/).map((line) => line.split(":", 2) as [string, string]);
  return new Map(lines.filter(({ length }) => length === 2));
}

/**
 * Begins a script. `tried` is a command that a key of another type, which somebody else wrote, or a full Redis may stop: the script goes
 * on with its error. Any other error, such as a right that is missing, ends the script.
 */
export const TRIED = `
local function tried(...)
  local reply = redis.pcall(...)
  local wrong = type(reply) == 'table' and reply.err
  if wrong and not wrong:find('WRONGTYPE') and not wrong:find('OOM') then error(wrong) end
  return reply
end`;

/** The part of its memory that Redis uses; 0 where it has no limit. */
export async function memoryUsed(redis: Redis): Promise<number> {
  const info = await serverInfo(redis, "memory");
  const [used, most] = ["used_memory", "maxmemory"].map((name) => Number(info.get(name) ?? 0)) as [number, number];
  return most > 0 ? used / most : 0;
}

/** What the commands of a pipeline gave. @throws the first error of one */
export async function repliesTo(pipeline: ChainableCommander): Promise<unknown[]> {
  const replies = (await pipeline.exec()) ?? [];
  for (const [error] of replies) if (error) throw error;
  return replies.map(([, reply]) => reply);
}

/** Above this part of its memory, Redis is given no more work: it must have room for results. */
export const MOST_USED = 0.8;

/** Whether Redis took no value because it is full. */
export const isFull = (error: unknown): boolean => error instanceof Error && /\bOOM\b/.test(error.message);

/** Whether a user of Redis has no right to do something. Scripts say it in other words. */
export const isForbidden = (error: unknown): boolean =>
  error instanceof Error && /\bNOPERM\b|ACL failure|can't run this command|can't access/.test(error.message);

/** @param error  for which `isForbidden` */
export const noRight = (error: unknown, { shown }: QueueAddress): InvalidRequest =>
  new InvalidRequest(
    `the user at ${shown} has not all rights that a queue needs: ${reason(error).replace(/ script: .+/, "")}; docs/cluster.md lists them`,
  );

/** Whether BullMQ finds that a job is no longer this worker's: another one trains it, or has trained it. */
export const isLost = (error: unknown): boolean =>
  error instanceof Error &&
  /^(Missing (key|lock) for job|Lock mismatch for job|Job \S+ is not in the|could not renew lock)/.test(error.message);

/** Whether a key has another type than it should: somebody else wrote it. */
export const isOfOtherType = (error: unknown): boolean => error instanceof Error && /\bWRONGTYPE\b/.test(error.message);

/** What Redis says to whom it does not let in, such as after a change of his password. */
const REFUSED = /^(WRONGPASS|NOAUTH)\b/;

/** What Redis says when it cannot serve just now. */
const AWAY =
  /\b(LOADING|MISCONF|READONLY|MASTERDOWN|NOREPLICAS|BUSY|TRYAGAIN)\b|Connection is closed|connection close|[Ss]ocket timeout/;
const AWAY_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EHOSTUNREACH",
  "EAI_AGAIN",
]);

/** Whether a command failed because Redis is away, or cannot serve just now: it can be given again. */
export const isAway = (error: unknown): boolean =>
  error instanceof Error && (AWAY.test(error.message) || REFUSED.test(error.message) || AWAY_CODES.has(codeOf(error)));
