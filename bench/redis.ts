import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Redis } from "ioredis";

/** What a server is started with, beside its port and folder. */
const USUAL = ["--bind", "127.0.0.1", "--save", "", "--maxmemory", "256mb"];
const IN_MEMORY: readonly string[] = ["--appendonly", "no"];
/** What it was told a second ago survives its death. */
export const ON_DISK: readonly string[] = ["--appendonly", "yes", "--appendfsync", "everysec"];
/** How long a server may take to answer. */
const PATIENCE_MS = 30_000;

/** Debian's or another `redis-server` on a port and in a folder of its own. */
export class RedisServer {
  #process: ChildProcess | undefined;
  #client: Redis | undefined;

  private constructor(
    readonly port: number,
    readonly folder: string,
    readonly options: readonly string[],
    readonly tls?: "tls",
  ) {}

  /** @param options  as redis-server takes them; default: nothing is kept on disk @param tls  whether it takes nothing else */
  static async start(options: readonly string[] = IN_MEMORY, tls?: "tls"): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), await mkdtemp(join(tmpdir(), "pairlab-redis-")), options, tls);
    await server.begin();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.#process?.pid as number;
  }

  /** For those who look at it from outside. */
  get client(): Redis {
    this.#client ??= new Redis({ port: this.port, maxRetriesPerRequest: null, retryStrategy: () => 100 }).on(
      "error",
      () => {},
    );
    return this.#client;
  }

  /** Starts it, also once more after `kill`. */
  async begin(): Promise<void> {
    const port = this.tls ? ["--port", "0", "--tls-port"] : ["--port"];
    const place = [...port, String(this.port), "--dir", this.folder];
    const child = spawn("redis-server", [...USUAL, ...place, ...this.options], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    this.#process = child;
    const failed = once(child, "error").then(([error]) => Promise.reject(error));
    const ended = once(child, "exit").then(() => Promise.reject(new Error("redis-server ended at its start")));
    failed.catch(() => {});
    ended.catch(() => {});
    await Promise.race([this.#answers(), failed, ended]);
  }

  /** Ends it as a power failure would. */
  async kill(): Promise<void> {
    const child = this.#process as ChildProcess;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  /** After `kill`: leaves nothing of what it had on disk. */
  async forget(): Promise<void> {
    for (const name of await readdir(this.folder)) await rm(join(this.folder, name), { recursive: true });
  }

  async stop(): Promise<void> {
    this.#client?.disconnect();
    if (this.#process?.exitCode === null && this.#process.signalCode === null) await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #answers(): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    while (performance.now() < until) {
      if (await (this.tls ? listens(this.port) : answers(this.port))) return;
      await setTimeout(20);
    }
    throw new Error(`redis-server does not answer at port ${this.port}`);
  }
}

/** A port of this machine that nothing listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Whether Redis serves somebody without a password there: it has read what it had on disk. */
async function answers(port: number): Promise<boolean> {
  const probe = new Redis({ port, lazyConnect: true, retryStrategy: () => null }).on("error", () => {});
  try {
    await probe.connect();
    return true;
  } catch {
    return false;
  } finally {
    probe.disconnect();
  }
}

/** Whether anything listens there. */
const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    }).on("error", () => resolve(false));
  });
