/**
 * What runs cost that go by a queue: processor time a run beside its training, a command's time against that of threads on the same
 * cores, and the time in which jobs are added. It needs Linux and redis-server.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/queue.js [RUNS] [JOBS] [REPEATS]
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { DIGIT_PAIRS, type Job, makeJob, median } from "pairlab";
import {
  engineIdentity,
  loadDataset,
  loadKernels,
  queueTrainer,
  RunStore,
  runJobs,
  startThreads,
  type Trainer,
} from "pairlab/node";
import { RedisServer } from "./redis.js";

const PROGRAM = fileURLToPath(new URL("../../bin/pairlab.js", import.meta.url));
const [runs = 200, added = 10_000, repeats = 3] = process.argv.slice(2).map(Number);
/** The unit of /proc's processor times, on every Linux. */
const TICK_MS = 10;

const dataset = await loadDataset();
const engine = engineIdentity("base");
const kernels = loadKernels();
const folder = await mkdtemp(join(tmpdir(), "pairlab-queue-"));
const shaped = { ...dataset.identity, shape: DIGIT_PAIRS };
const jobsFrom = (seed: number, count: number): Job[] =>
  Array.from({ length: count }, (_, i) => makeJob("quick", seed + i, shaped, engine));

/** Of all threads of a process, or of its first one, in ms. */
function processorTime(pid: number, thread?: "first"): number {
  const path = thread ? `/proc/${pid}/task/${pid}/stat` : `/proc/${pid}/stat`;
  const fields = readFileSync(path, "latin1").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** A worker of one thread that takes jobs. */
async function startWorker(url: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [PROGRAM, "worker", "--queue", url, "--workers", "1"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const lines = createInterface({ input: child.stderr as NonNullable<typeof child.stderr> });
  await once(lines, "line");
  // What it says later is not read, and must not fill the pipe.
  lines.on("line", () => {});
  return child;
}

interface Cost {
  readonly wall: number;
  /** Of all processes with all their threads. */
  readonly processors: number;
  /** Of each process, without threads that train: this one, then the others. */
  readonly beside: readonly number[];
}

async function costOf(
  jobs: readonly Job[],
  store: string,
  others: readonly number[],
  trainer?: Trainer,
): Promise<Cost> {
  const threads = trainer ? [] : startThreads(1);
  const used = () => ({
    wall: performance.now(),
    processors: [process.pid, ...others].reduce((sum, pid) => sum + processorTime(pid), 0),
    beside: [process.pid, ...others].map((pid) => processorTime(pid, "first")),
  });
  const before = used();
  await runJobs(jobs, {
    ...{ dataset, kernels, threads, store: new RunStore(join(folder, store)), ...(trainer && { trainer }) },
    ...{ signal: new AbortController().signal, onEvent() {} },
  });
  const after = used();
  await Promise.all(threads.map((thread) => thread.terminate()));
  return {
    wall: after.wall - before.wall,
    processors: after.processors - before.processors,
    beside: after.beside.map((time, i) => time - (before.beside[i] as number)),
  };
}

const report = (what: string, each: readonly number[], unit: string, digits: number) => {
  const [least, most] = [Math.min(...each), Math.max(...each)].map((value) => value.toFixed(digits));
  console.log(`  ${what.padEnd(58)} ${median(each).toFixed(digits).padStart(7)} ${unit} (${least}–${most})`);
};

const server = await RedisServer.start();
console.log(`Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}`);
console.log(`${runs} runs of quick, ${repeats} times; median (least–most)\n`);
try {
  const worker = await startWorker(server.url);
  const trainer = queueTrainer(server.url, { dataset: dataset.identity, engine });
  const [local, queued]: [Cost[], Cost[]] = [[], []];
  const others = [worker.pid as number, server.pid];
  // What is loaded and compiled once is not a run's.
  await costOf(jobsFrom(1_000_000, 20), "warm", others, trainer);
  await costOf(jobsFrom(1_000_100, 20), "warm", []);
  for (let time = 0; time < repeats; time++) {
    const jobs = jobsFrom(time * runs, runs);
    local.push(await costOf(jobs, `local-${time}`, []));
    queued.push(await costOf(jobs, `queue-${time}`, others, trainer));
  }
  await trainer.close();
  worker.kill();
  await once(worker, "exit");
  const each = (what: (at: number) => number) => local.map((_, at) => what(at));
  const of = (costs: readonly Cost[], at: number) => costs[at] as Cost;
  const besides = (costs: readonly Cost[]) =>
    each((at) => of(costs, at).beside.reduce((sum, time) => sum + time, 0) / runs);
  report("processor time a run beside training, threads", besides(local), "ms", 1);
  report("processor time a run beside training, queue", besides(queued), "ms", 1);
  for (const [i, part] of ["the command", "the worker", "Redis"].entries())
    report(
      `  of that, ${part}`,
      each((at) => (of(queued, at).beside[i] as number) / runs),
      "ms",
      2,
    );
  report(
    "processor time, queue / threads",
    each((at) => of(queued, at).processors / of(local, at).processors),
    "",
    3,
  );
  report(
    "time, queue / threads",
    each((at) => of(queued, at).wall / of(local, at).wall),
    "",
    3,
  );
  const adds: { readonly took: number; readonly bytes: number }[] = [];
  for (let time = 0; time < repeats; time++) adds.push(await adding(time));
  const what = `${added.toLocaleString("en-US")} jobs added`;
  report(
    what,
    adds.map(({ took }) => took / 1000),
    "s",
    2,
  );
  report(
    "Redis' memory a waiting run",
    adds.map(({ bytes }) => bytes / added / 1024),
    "KB",
    1,
  );
} finally {
  await server.stop();
  await rm(folder, { recursive: true });
}

/** The milliseconds until all jobs wait in Redis, with no worker there, and the bytes that they take. */
async function adding(time: number): Promise<{ readonly took: number; readonly bytes: number }> {
  await server.client.flushall();
  const before = await memoryUsed();
  const jobs = jobsFrom(10_000_000 * (time + 1), added);
  const trainer = queueTrainer(server.url, { dataset: dataset.identity, engine });
  const stop = new AbortController();
  const started = performance.now();
  const all = runJobs(jobs, {
    ...{ dataset, kernels, threads: [], store: new RunStore(join(folder, `added-${time}`)), trainer },
    ...{ signal: stop.signal, onEvent() {} },
  }).catch(() => {});
  const name = await waited(async () => (await server.client.keys("pairlab:*:wait"))[0]);
  await waited(async () => (await server.client.llen(name)) === added || undefined);
  const took = performance.now() - started;
  const bytes = (await memoryUsed()) - before;
  stop.abort();
  await all;
  await trainer.close();
  return { took, bytes };
}

async function memoryUsed(): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await server.client.info("memory"))?.[1]);
}
async function waited<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await setTimeout(20);
  }
}
