/**
 * Milliseconds that a new process takes to read and check the records of a run store, and to group them by all but the seed;
 * Node.js's own start is in it.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/store.js [RUNS]
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { architectures, type FinishedRun, groupRuns, makeJob, median } from "pairlab";
import { RunStore } from "pairlab/node";

const REPEATS = 7;
/** Groups of runs for each architecture: learning rates. */
const RATES = [1e-4, 3e-4, 1e-3, 3e-3];
/** Runs that are written at the same time: the disk takes its time over each. */
const AT_ONCE = 32;

const DATASET = { name: "MNIST", sha256: "5e".repeat(32) };
const ENGINE = { version: "0.1.0", simd: "base", kernels: "7d".repeat(32) } as const;

/** A run that looks like one of 25 epochs, but for its weights, which nobody reads here. */
function syntheticRun(index: number): FinishedRun {
  const [each, rest] = [index % architectures.length, Math.floor(index / architectures.length)];
  const { name } = architectures[each] as (typeof architectures)[number];
  const [learningRate, seed] = [RATES[rest % RATES.length] as number, Math.floor(rest / RATES.length)];
  const job = makeJob(name, seed, DATASET, ENGINE, { learningRate });
  const weights = new TextEncoder().encode(`weights of ${job.id}`);
  const epochs = Array.from({ length: job.config.epochs }, (_, i) => ({
    epoch: i + 1,
    trainLoss: 1 / (i + 1 + seed / 7),
    testLoss: 1 / (i + 2 + seed / 7),
    trainAccuracy: 0.9,
    testAccuracy: 0.8,
  }));
  const weightsSha256 = createHash("sha256").update(weights).digest("hex");
  const results = { parameters: 1000, trainError: 0.1, testError: 0.2, epochs, seconds: 4 + seed / 7, weightsSha256 };
  return { record: { ...job, ...results }, weights };
}

async function fill(folder: string, runs: number): Promise<void> {
  const store = new RunStore(folder);
  await store.save(syntheticRun(0));
  let next = 1;
  const write = async () => {
    while (next < runs) await store.save(syntheticRun(next++));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, write));
}

const [argument = "10000", folderToRead] = process.argv.slice(2);
if (folderToRead) {
  const { records, damaged } = await new RunStore(folderToRead).records();
  console.log(`${records.length} runs in ${groupRuns(records).length} groups, ${damaged.length} damaged`);
} else {
  const folder = await mkdtemp(join(tmpdir(), "pairlab-store-"));
  await fill(folder, Number(argument));
  const each: number[] = [];
  let said = "";
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const started = performance.now();
    said = execFileSync(process.execPath, [fileURLToPath(import.meta.url), argument, folder], { encoding: "utf8" });
    each.push(performance.now() - started);
  }
  await rm(folder, { recursive: true });
  console.log(`Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}`);
  console.log(`ms, median of ${REPEATS} (least–most)\n`);
  const [least, most] = [Math.min(...each), Math.max(...each)].map((ms) => ms.toFixed(0));
  console.log(`  ${said.trim()}  ${median(each).toFixed(0)} (${least}–${most})`);
}
