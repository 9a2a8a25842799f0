import type { ChainableCommander, Redis } from "ioredis";
import { InvalidRequest } from "../../core/errors.js";
import type { QueueAddress } from "./address.js";
import { isOfOtherType } from "./connect.js";
import { type Keys, WORKERS_KEY } from "./protocol.js";

/** More entries than any stream has. */
const ALL = Number.MAX_SAFE_INTEGER;

/**
 * By type, what only a key of that type answers, and what changes nothing. A queue's user need not have the right to ask for the type
 * itself.
 */
const ASKED = {
  string: (of: ChainableCommander, key: string) => of.strlen(key),
  list: (of: ChainableCommander, key: string) => of.llen(key),
  set: (of: ChainableCommander, key: string) => of.scard(key),
  "sorted set": (of: ChainableCommander, key: string) => of.zcard(key),
  hash: (of: ChainableCommander, key: string) => of.hexists(key, "name"),
  stream: (of: ChainableCommander, key: string) => of.xtrim(key, "MAXLEN", ALL),
} as const;

type Type = keyof typeof ASKED;

/** BullMQ's keys of a queue that it stops at where they are of another type, by their ends. */
const OF_BULLMQ: Readonly<Record<string, Type>> = {
  wait: "list",
  active: "list",
  delayed: "sorted set",
  prioritized: "sorted set",
  stalled: "set",
  meta: "hash",
  events: "stream",
  marker: "sorted set",
  id: "string",
};

/** What is to be said of a key of another type: what is wrong, where, and what would be right. */
export const otherType = (key: string, type: Type, { shown }: QueueAddress): string =>
  `the key ${key} of Redis at ${shown} must be a ${type}, and somebody has written something else there: delete it, or give the queue a database of its own`;

/** A key, and the type that it should have. */
type Typed = readonly [key: string, type: Type];

/** Where the keys of a queue lie. */
export interface Place {
  readonly redis: Redis;
  readonly keys: Keys;
  readonly address: QueueAddress;
}

/** @throws InvalidRequest where a key that a queue has as long as it lasts is of another type */
export async function checkTypes(place: Place): Promise<void> {
  const wrong = await firstWrong(place.redis, lasting(place.keys));
  if (wrong) throw new InvalidRequest(otherType(...wrong, place.address));
}

/**
 * What a command of Redis failed with. Where a key of another type stopped it, this is an error with the key's name: Redis says none.
 * Any other error stays as it is, and so does one whose key is of the right type by now.
 *
 * @param runs  whose jobs it may be, beside those that workers have taken
 */
export async function named(error: unknown, place: Place, runs: Iterable<string>): Promise<unknown> {
  if (!isOfOtherType(error)) return error;
  const { redis, keys, address } = place;
  const taken = await redis.lrange(keys.active, 0, -1).catch(() => []);
  const jobs = new Set([...taken.map((id) => `${keys.jobs}${id}`), ...Array.from(runs, keys.job)]);
  const wrong = await firstWrong(redis, [...lasting(keys), ...Array.from(jobs, (key): Typed => [key, "hash"])]);
  return wrong ? new InvalidRequest(otherType(...wrong, address)) : error;
}

const lasting = ({ jobs }: Keys): Typed[] => [
  [WORKERS_KEY, "set"],
  ...Object.entries(OF_BULLMQ).map(([end, type]): Typed => [`${jobs}${end}`, type]),
];

/** The first key of another type. What Redis refuses for another reason is passed over: what needs the key will say that. */
async function firstWrong(redis: Redis, keys: readonly Typed[]): Promise<Typed | undefined> {
  const asked = redis.pipeline();
  for (const [key, type] of keys) ASKED[type](asked, key);
  const replies = (await asked.exec()) ?? [];
  return keys.find((_, i) => isOfOtherType(replies[i]?.[0]));
}
