/** Faults of a queue: workers, Redis, the network and submitters that end while runs are on their way. */
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type * as core from "../../src/core/index.js";
import type { Job, RunRecord } from "../../src/core/index.js";
import type * as node from "../../src/node/index.js";
import type { Dataset, JobEvent } from "../../src/node/index.js";
import { PairlabProcess, until } from "../processes.js";
import { ON_DISK, RedisServer } from "../redis.js";
import { drawer } from "./draw.js";
import type { Row } from "./row.js";

/** How often a fault is tried, and with how many runs of how many epochs each time. */
export interface Extent {
  readonly times: number;
  readonly runs: number;
  readonly epochs: number;
}

/** Where a fault of a queue is tried. */
export interface QueueGround {
  /** An empty folder of its own. */
  readonly folder: string;
  readonly seed: number;
  /** As whom workers and submitters come, "USER:PASSWORD@", and the server's options that let them. */
  readonly user?: { readonly credentials: string; readonly options: readonly string[] };
}

/** What this uses of `pairlab` and `pairlab/node`, which tests and programs find in different places. */
export type Library = Pick<typeof core, "DIGIT_PAIRS" | "makeJob"> &
  Pick<
    typeof node,
    "engineIdentity" | "loadDataset" | "loadKernels" | "queueTrainer" | "RunStore" | "runJobs" | "startThreads"
  >;

/** Two networks whose runs take about as long. */
const NETWORKS = ["mlp", "quick"];

/** The runs of `commandFor`: each network with as many seeds. */
const jobsFrom = (
  { library, dataset }: Lab,
  seed: number,
  { runs, epochs }: Pick<Extent, "runs" | "epochs">,
): Job[] => {
  const { DIGIT_PAIRS, engineIdentity, makeJob } = library;
  const images = { ...dataset.identity, shape: DIGIT_PAIRS };
  return NETWORKS.flatMap((name) =>
    Array.from({ length: runs / NETWORKS.length }, (_, i) =>
      makeJob(name, seed + i, images, engineIdentity("base"), { epochs, trainPairs: PAIRS, evaluate: "end" }),
    ),
  );
};

/** The library with its images. */
interface Lab {
  readonly library: Library;
  readonly dataset: Dataset;
}

const PAIRS = 100;

/** What a user types for these runs. */
const commandFor = (jobs: readonly Job[], place: string): string[] => [
  ...["compare", ...NETWORKS, "--rounds", String(jobs.length / NETWORKS.length), "--seed", String(jobs[0]?.seed)],
  ...["--epochs", String(jobs[0]?.config.epochs), "--pairs", String(PAIRS), "--evaluate", "end"],
  ...["--runs", join(place, "runs"), "--out", join(place, "report")],
];

const hashes = (records: readonly RunRecord[]) => records.map(({ id, weightsSha256 }) => `${id} ${weightsSha256}`);

/** Runs on their way, and when each was done. */
class Sending {
  readonly doneAt = new Map<string, number>();
  /** Those that the store had. */
  kept = 0;
  readonly records: Promise<RunRecord[]>;

  constructor({ library, dataset }: Lab, url: string, jobs: readonly Job[], folder: string) {
    const { engineIdentity, loadKernels, queueTrainer, RunStore, runJobs } = library;
    const trainer = queueTrainer(url, { dataset: dataset.identity, engine: engineIdentity("base") });
    const onEvent = (event: JobEvent) => {
      if (event.kind === "done") {
        this.doneAt.set(event.job.id, performance.now());
        if (event.kept) this.kept++;
      }
    };
    this.records = runJobs(jobs, {
      ...{ dataset, kernels: loadKernels(), threads: [], store: new RunStore(folder), trainer, onEvent },
      signal: new AbortController().signal,
    }).finally(() => trainer.close());
    this.records.catch(() => {});
  }

  /** Seconds after a moment when the next run was done. */
  async nextAfter(moment: number): Promise<number> {
    const later = () => [...this.doneAt.values()].filter((at) => at > moment);
    await until(
      () => later().length > 0,
      () => "no run is done any more",
      PATIENCE_MS,
    );
    return (Math.min(...later()) - moment) / 1000;
  }
}

const PATIENCE_MS = 180_000;

/** A fault of a queue. */
export interface QueueFault {
  readonly what: string;
  /** How often it is tried where nobody says it. */
  readonly times: number;
  /** How many times as long as others' its runs are. */
  readonly longer?: number;
  /** What is waited for, where it is not what `what` says. */
  readonly waits?: readonly string[];
  /** Does it once while runs are on their way. @returns seconds until they went on for each of `waits`; none where there was nothing to wait for */
  readonly attack: (means: Means, time: number) => Promise<number[]>;
}

/** Tries faults on one server with two workers: after each, all runs must be kept, and be what this process trains alone. */
export async function tryQueueFaults(
  library: Library,
  faults: readonly QueueFault[],
  { folder, seed, user }: QueueGround,
  extent: Partial<Extent> & Omit<Extent, "times">,
): Promise<Row[]> {
  const lab = { library, dataset: await library.loadDataset() };
  const server = await RedisServer.start([...ON_DISK, ...(user?.options ?? [])]);
  const workers: PairlabProcess[] = [];
  const draw = drawer(seed);
  const rows: Row[] = [];
  try {
    const as = (port: number) => `redis://${user?.credentials ?? ""}127.0.0.1:${port}`;
    const startWorker = async (port = server.port) => {
      const worker = await PairlabProcess.worker({ PAIRLAB_QUEUE: as(port) });
      workers.push(worker);
      return worker;
    };
    let first = 1000 * seed;
    for (const [i, { what, times, longer = 1, waits = [""], attack }] of faults.entries()) {
      const [fell, took]: [string[], number[][]] = [[], waits.map(() => [])];
      const tried = extent.times ?? times;
      for (let time = 0; time < tried; time++) {
        const jobs = jobsFrom(lab, first, { ...extent, epochs: extent.epochs * longer });
        first += extent.runs;
        const place = join(folder, `${i}-${time}`);
        await mkdir(place, { recursive: true });
        const means = { lab, server, url: as(server.port), jobs, place, workers, startWorker, draw };
        try {
          for (const [wait, seconds] of (await attack(means, time)).entries()) took[wait]?.push(seconds);
          fell.push(...(await notAsAlone(lab, jobs, place)));
        } catch (error) {
          fell.push(`time ${time}: ${error instanceof Error ? error.message : error}`);
        }
        process.stderr.write(`${what}: ${time + 1} of ${tried}\n`);
      }
      const waited = took.flatMap((each, wait) => (each.length > 0 ? [`${waits[wait]}${inSeconds(each)} s`] : []));
      rows.push({ what, tried, fell, ...(waited.length > 0 && { remark: waited.join(", ") }) });
    }
    // Whatever was done, a user of a queue was never refused.
    const refused = (await server.client.call("ACL", "LOG")) as unknown[];
    if (refused.length > 0) rows.push({ what: "rights", tried: 1, fell: [JSON.stringify(refused[0])] });
    return rows;
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
    await server.stop();
  }
}

const inSeconds = (took: readonly number[]): string => {
  const [least, most] = [Math.min(...took), Math.max(...took)].map((seconds) => seconds.toFixed(1));
  return least === most ? `${most}` : `${least}–${most}`;
};

interface Means {
  readonly lab: Lab;
  readonly server: RedisServer;
  readonly url: string;
  readonly jobs: readonly Job[];
  /** A folder of this time; the store is in `runs`. */
  readonly place: string;
  /** All that were started. */
  readonly workers: PairlabProcess[];
  readonly startWorker: (port?: number) => Promise<PairlabProcess>;
  readonly draw: (below: number) => number;
}

/** The runs that are not as threads of this process train them. */
async function notAsAlone({ library, dataset }: Lab, jobs: readonly Job[], place: string): Promise<string[]> {
  const { loadKernels, RunStore, runJobs, startThreads } = library;
  const threads = startThreads(1);
  const signal = new AbortController().signal;
  const alone = await runJobs(jobs, {
    ...{ dataset, kernels: loadKernels(), threads, store: new RunStore(join(place, "alone")), signal, onEvent() {} },
  });
  await Promise.all(threads.map((thread) => thread.terminate()));
  const store = new RunStore(join(place, "runs"));
  const kept = await Promise.all(jobs.map(({ id }) => store.find(id)));
  const found = kept.map((run) => (run && "record" in run ? hashes([run.record])[0] : "no run"));
  return hashes(alone).flatMap((line, i) => (found[i] === line ? [] : [`${line} is ${found[i]}`]));
}

/** Two living workers. */
async function twoWorkers({ workers, startWorker }: Means): Promise<PairlabProcess[]> {
  const living = workers.filter(({ child }) => child.exitCode === null && child.signalCode === null);
  while (living.length < 2) living.push(await startWorker());
  return living;
}

const sendAll = ({ lab, url, jobs, place }: Means): Sending => new Sending(lab, url, jobs, join(place, "runs"));

/** The jobs that workers have taken and not finished. */
async function inTraining({ client }: RedisServer): Promise<number> {
  const [list] = await client.keys("pairlab:*:active");
  return list === undefined ? 0 : client.llen(list);
}

/** Whether two workers have begun one run and not ended it: the first one died. */
async function isBegunAgain({ client }: RedisServer): Promise<boolean> {
  const lengths = (await client.keys("pairlab-*:begun:*")).map((list) => client.llen(list));
  return (await Promise.all(lengths)).some((workers) => workers > 1);
}

/** One of two workers is killed while it trains. */
const workerKilled: QueueFault = {
  what: "a worker of a queue killed; s until another has its run",
  times: 20,
  longer: 4,
  waits: ["begun ", "done "],
  async attack(means) {
    const [victim] = (await twoWorkers(means)) as [PairlabProcess];
    const sending = sendAll(means);
    const first = means.draw(Math.ceil(means.jobs.length / 2));
    const isDone = () => sending.doneAt.size === means.jobs.length;
    // Each of the two has one, unless one of them was so late that the other has done all.
    await until(async () => isDone() || (sending.doneAt.size >= first && (await inTraining(means.server)) === 2));
    if (isDone()) return [];
    const killed = performance.now();
    await victim.stop();
    // A run that came before the signal is not to be taken over.
    await until(async () => isDone() || (await isBegunAgain(means.server)), undefined, PATIENCE_MS);
    const begun = performance.now();
    if (isDone()) return [];
    await sending.records;
    return [begun, Math.max(...sending.doneAt.values())].map((at) => (at - killed) / 1000);
  },
};

/** Redis is killed and comes back after some seconds, with or without what it had. */
const redisKilled = (what: string, times: number, away: readonly number[], comes: "whole" | "empty"): QueueFault => ({
  what,
  times,
  async attack(means, time) {
    await twoWorkers(means);
    const sending = sendAll(means);
    await sending.nextAfter(0);
    await setTimeout(means.draw(300));
    await means.server.kill();
    if (comes === "empty") await means.server.forget();
    await setTimeout((away[time % away.length] as number) * 1000);
    await means.server.begin();
    const back = performance.now();
    const took = sending.doneAt.size < means.jobs.length ? [await sending.nextAfter(back)] : [];
    await sending.records;
    return took;
  },
});

const FULL_MS = 10_000;

/** Redis takes nothing for a while, because its memory is full. */
const redisFull: QueueFault = {
  what: "Redis full for 10 s; s until the next run",
  times: 3,
  async attack(means) {
    await twoWorkers(means);
    const sending = sendAll(means);
    await sending.nextAfter(0);
    const { client } = means.server;
    const [, most = ""] = (await client.config("GET", "maxmemory")) as string[];
    await client.config("SET", "maxmemory", "100kb");
    await setTimeout(FULL_MS);
    await client.config("SET", "maxmemory", most);
    const room = performance.now();
    const took = sending.doneAt.size < means.jobs.length ? [await sending.nextAfter(room)] : [];
    await sending.records;
    return took;
  },
};

const CUT_MS = 60_000;

/** Nothing comes through between the workers and Redis for a minute. */
const networkCut: QueueFault = {
  what: "the workers' network cut for 60 s; s until the next run",
  times: 3,
  async attack(means) {
    const relay = await Relay.to(means.server.port);
    await Promise.all(means.workers.map((worker) => worker.stop()));
    const far = await Promise.all([means.startWorker(relay.port), means.startWorker(relay.port)]);
    try {
      const sending = sendAll(means);
      await sending.nextAfter(0);
      relay.cut();
      await setTimeout(CUT_MS);
      relay.heal();
      const healed = performance.now();
      const took = sending.doneAt.size < means.jobs.length ? [await sending.nextAfter(healed)] : [];
      await sending.records;
      return took;
    } finally {
      await Promise.all(far.map((worker) => worker.stop()));
      relay.close();
    }
  },
};

/** Carries bytes between workers and Redis, or leaves them where they are. */
class Relay {
  readonly #sockets = new Set<Socket>();
  #isCut = false;

  private constructor(readonly server: Server) {}

  static async to(port: number): Promise<Relay> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const relay = new Relay(server);
    server.on("connection", (near) => {
      const far = connect(port, "127.0.0.1");
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        relay.#sockets.add(socket);
        socket.on("error", () => other.destroy());
        socket.on("close", () => {
          relay.#sockets.delete(socket);
          other.destroy();
        });
        socket.on("data", (bytes) => other.write(bytes));
        if (relay.#isCut) socket.pause();
      }
    });
    return relay;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.pause();
  }

  heal(): void {
    this.#isCut = false;
    for (const socket of this.#sockets) socket.resume();
  }

  close(): void {
    this.server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** Two submitters ask for the same runs at once, for two stores. Each run is trained once. */
const twoSubmitters: QueueFault = {
  what: "two submitters of a queue at once, each run trained once",
  times: 5,
  async attack(means) {
    const workers = await twoWorkers(means);
    const before = trainedBy(workers);
    const { lab, url, jobs, place } = means;
    const both = [sendAll(means), new Sending(lab, url, jobs.toReversed(), join(place, "other"))];
    await Promise.all(both.map(({ records }) => records));
    const trained = trainedBy(workers) - before;
    if (trained !== jobs.length) throw new Error(`${trained} runs were trained for ${jobs.length}`);
    return [];
  },
};

const trainedBy = (workers: readonly PairlabProcess[]) => workers.reduce((sum, { trained }) => sum + trained.length, 0);

/** A submitter is killed, and the same command is given again. */
const submitterKilled: QueueFault = {
  what: "a submitter of a queue killed; s until the same command has its next run",
  times: 5,
  async attack(means) {
    await twoWorkers(means);
    const { url, jobs, place, draw } = means;
    const submitter = PairlabProcess.start(commandFor(jobs, place), { PAIRLAB_QUEUE: url });
    await submitter.says(/^1\/\d+ /m);
    await setTimeout(draw(300));
    await submitter.stop();
    const again = performance.now();
    const sending = sendAll(means);
    await until(() => sending.doneAt.size > sending.kept || sending.doneAt.size === jobs.length);
    const took = (performance.now() - again) / 1000;
    await sending.records;
    if (sending.kept === 0) throw new Error("the killed command had kept nothing of its runs");
    return [took];
  },
};

/** The faults of a queue by name. */
export const QUEUE_FAULTS = {
  "queue-worker": workerKilled,
  "queue-redis": redisKilled(
    "Redis killed for 3 or 20 s, with an append-only file; s until the next run",
    5,
    [3, 20],
    "whole",
  ),
  "queue-empty": redisKilled("Redis killed, and back empty; s until the next run", 3, [1], "empty"),
  "queue-full": redisFull,
  "queue-network": networkCut,
  "queue-two": twoSubmitters,
  "queue-submitter": submitterKilled,
} as const satisfies Readonly<Record<string, QueueFault>>;
