import type { createRedisBackend as Create } from "bullmq";

/** The most characters of a message: of a job with a network of its own they are some thousands. */
const MOST_MESSAGE = 2 ** 20;

/** What a worker reads of a job as BullMQ keeps it: its message, and counts and times. */
const COUNTS: ReadonlySet<string> = new Set(["timestamp", "processedOn", "ats", "atm", "stc"]);
/** Longer than any count or time. */
const MOST_COUNT = 20;

/** BullMQ's scripts that give a job. */
const GIVING: ReadonlySet<string> = new Set(["moveToActive", "moveToFinished"]);

/**
 * BullMQ's way to Redis, for workers: a job has nothing but its message and its counts, and a message that is too long or is not JSON is
 * replaced by a text that says so. BullMQ would read it all, and an unreadable job would stay with its worker for ever.
 */
export const boundedBackend =
  (createRedisBackend: typeof Create): typeof Create =>
  (...means) => {
    const backend = createRedisBackend(...means);
    const give = backend.execCommand.bind(backend);
    backend.execCommand = (client, command, args) => {
      const reply = give(client, command, args);
      return GIVING.has(command) ? Promise.resolve(reply).then(bounded) : reply;
    };
    return backend;
  };

/** @param reply  a job's fields, names and values in turn, where there is one; then its id and times */
export function bounded(reply: unknown): unknown {
  if (!Array.isArray(reply) || !Array.isArray(reply[0])) return reply;
  const [given, ...rest] = reply as [unknown[], ...unknown[]];
  const fields: unknown[] = [];
  for (let i = 0; i + 1 < given.length; i += 2) {
    const [name, value] = [given[i], String(given[i + 1])];
    if (name === "data") fields.push(name, readable(value));
    else if (COUNTS.has(String(name)) && value.length <= MOST_COUNT) fields.push(name, value);
  }
  return [fields, ...rest];
}

function readable(message: string): string {
  if (message.length > MOST_MESSAGE) return JSON.stringify(`${message.length} characters`);
  try {
    JSON.parse(message);
    return message;
  } catch {
    return JSON.stringify("no JSON");
  }
}
