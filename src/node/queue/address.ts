import { InvalidRequest } from "../../core/errors.js";
import { parseWhole } from "../../core/formats/numbers.js";

/** Where a Redis server listens, and as whom it is asked. */
export interface QueueAddress {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly db: number;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** For people: without user and password. */
  readonly shown: string;
}

const PORT = 6379;
const MOST_DATABASES = 1_000_000;

/** The environment's part of an address: a command line can be read by every user of a machine, these by its own alone. */
type Environment = Readonly<Record<"PAIRLAB_QUEUE" | "REDIS_PASSWORD", string | undefined>>;

const fromProcess = (): Environment => {
  const { PAIRLAB_QUEUE, REDIS_PASSWORD } = process.env;
  return { PAIRLAB_QUEUE, REDIS_PASSWORD };
};

/**
 * The queue that a command line or its environment names; undefined where neither does.
 *
 * @param option  of `--queue`
 * @throws InvalidRequest where that is no address of Redis, or a command line has a password. No message has the address: it may
 *   have a password
 */
export function queueAddress(option: string | undefined, environment = fromProcess()): QueueAddress | undefined {
  const { PAIRLAB_QUEUE, REDIS_PASSWORD } = environment;
  const text = option ?? PAIRLAB_QUEUE;
  // An empty variable is how one command leaves the queue out.
  if (text === undefined || (option === undefined && text === "")) return undefined;
  const where = option === undefined ? "PAIRLAB_QUEUE" : "--queue";
  const address = readAddress(text, where);
  if (option !== undefined && address.password !== undefined)
    throw new InvalidRequest(
      "--queue has a password, which other users of this machine can read in its process list: set PAIRLAB_QUEUE to this address in the environment instead",
    );
  return { ...address, password: address.password ?? (REDIS_PASSWORD || undefined) };
}

/** The address that a URL is. @param what  names it @throws InvalidRequest without the URL, which may have a password */
export function readAddress(text: string, what: string): QueueAddress {
  const address = read(text);
  if (!address) throw new InvalidRequest(`${what} must be redis://HOST:PORT, or rediss://HOST:PORT for TLS`);
  return address;
}

function read(text: string): QueueAddress | undefined {
  try {
    const { protocol, hostname, port, pathname, username, password, search, hash } = new URL(text);
    const db = /^\/?$/.test(pathname) ? 0 : parseWhole(pathname.slice(1));
    const isRedis = protocol === "redis:" || protocol === "rediss:";
    if (!isRedis || hostname === "" || search || hash || db === undefined || db < 0 || db > MOST_DATABASES)
      return undefined;
    const host = hostname.replace(/^\[(.*)\]$/, "$1");
    const place = `${protocol}//${hostname}:${port || PORT}${db > 0 ? `/${db}` : ""}`;
    return {
      host,
      port: Number(port || PORT),
      tls: protocol === "rediss:",
      db,
      username: decodeURIComponent(username) || undefined,
      password: decodeURIComponent(password) || undefined,
      shown: place,
    };
  } catch {
    return undefined;
  }
}
