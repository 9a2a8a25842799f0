/**
 * Resident memory of a worker thread that trains, and of one that does nothing: what each thread more adds to a process.
 * The images are shared and loaded before, so they count once and in neither.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/memory.js [ARCHITECTURE]
 */
import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { inputOf, makeJob, median } from "pairlab";
import { engineIdentity, loadDataset, loadKernels, RunStore, runJobs, startThreads } from "pairlab/node";

const FEW = 1;
const MANY = 3;
const REPEATS = 5;
const EPOCHS = 5;

/** The bytes resident in this process while threads train, each its own run: the most after any epoch. */
async function whileTraining(architecture: string, threads: number): Promise<number> {
  const [dataset, kernels, engine] = [await loadDataset(), loadKernels(), engineIdentity("base")];
  const shaped = { ...dataset.identity, shape: inputOf(dataset.train) };
  const jobs = Array.from({ length: threads }, (_, seed) =>
    makeJob(architecture, seed, shaped, engine, { epochs: EPOCHS }),
  );
  const folder = await mkdtemp(join(tmpdir(), "pairlab-memory-"));
  const started = startThreads(threads);
  let most = 0;
  await runJobs(jobs, {
    dataset,
    kernels,
    store: new RunStore(folder),
    threads: started,
    signal: new AbortController().signal,
    onEvent: () => {
      most = Math.max(most, process.memoryUsage.rss());
    },
  });
  await Promise.all(started.map((thread) => thread.terminate()));
  await rm(folder, { recursive: true });
  return most;
}

/** The bytes resident in this process while threads have started and wait. */
async function whileIdle(threads: number): Promise<number> {
  await loadDataset();
  const idle = Array.from({ length: threads }, () => new Worker("setInterval(() => {}, 1000)", { eval: true }));
  await Promise.all(idle.map((thread) => new Promise((resolve) => thread.once("online", resolve))));
  await new Promise((resolve) => setTimeout(resolve, 500));
  const resident = process.memoryUsage.rss();
  await Promise.all(idle.map((thread) => thread.terminate()));
  return resident;
}

/** Measures in a new process. */
const measure = (kind: string, threads: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [kind, String(threads)]);
    child.once("message", (bytes) => resolve(Number(bytes)));
    child.once("exit", (code) => reject(new Error(`measuring ${kind} ended with ${code}`)));
  });

async function perThread(kind: string): Promise<number[]> {
  const each: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const [few, many] = [await measure(kind, FEW), await measure(kind, MANY)];
    each.push((many - few) / (MANY - FEW) / 2 ** 20);
  }
  return each;
}

const IDLE = "idle";
const describe = (what: string, each: readonly number[]): string =>
  `  ${what.padEnd(34)} ${median(each).toFixed(1).padStart(6)} (${Math.min(...each).toFixed(1)}–${Math.max(...each).toFixed(1)})`;

const [kind = "weight-sharing-auxiliary", threads] = process.argv.slice(2);
if (threads) {
  process.send?.(await (kind === IDLE ? whileIdle(Number(threads)) : whileTraining(kind, Number(threads))));
  process.disconnect?.();
} else {
  const [training, idle] = [await perThread(kind), await perThread(IDLE)];
  console.log(`Node.js ${process.version}; resident MiB that a thread adds, from ${FEW} to ${MANY} threads`);
  console.log(`median of ${REPEATS} (least–most), each of two new processes\n`);
  console.log(describe(`training ${kind}`, training));
  console.log(describe("idle, Node.js's own", idle));
  console.log(`  ${"difference".padEnd(34)} ${(median(training) - median(idle)).toFixed(1).padStart(6)}`);
}
