/**
 * How much faster threads train one network together than one thread alone: epochs in turn, so that both meet the same machine.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/together.js [ARCHITECTURE] [THREADS] [EPOCHS] [base|fused]
 */
import { once } from "node:events";
import { cpus } from "node:os";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { groupSize, inputOf, Kernels, makeJob, runJob, ThreadGroup } from "pairlab";
import { engineIdentity, loadDataset, loadKernels } from "pairlab/node";

/** The kernels' build. */
type Simd = Parameters<typeof engineIdentity>[0];

const SEED = 70_000;
/** The first epochs compile the kernels. */
const WARM = 2;

interface Place {
  readonly architecture: string;
  readonly epochs: number;
  readonly simd: Simd;
  readonly rank: number;
  readonly size: number;
  readonly memory: SharedArrayBuffer;
}

async function jobOf(architecture: string, epochs: number, simd: Simd) {
  const { train, test, identity } = await loadDataset();
  const dataset = { ...identity, shape: inputOf(train) };
  const job = makeJob(architecture, SEED, dataset, engineIdentity(simd), { epochs: epochs + 1, evaluate: "end" });
  return { job, images: { train, test } };
}

async function member({ architecture, epochs, simd, rank, size, memory }: Place): Promise<void> {
  const { job, images } = await jobOf(architecture, epochs, simd);
  const group = new ThreadGroup(rank, size, memory);
  const run = runJob(job, images, new Kernels(loadKernels(simd)), () => 0, undefined, undefined, group);
  parentPort?.on("message", () => {
    run.next();
    parentPort?.postMessage("done");
  });
}

async function race(architecture: string, threads: number, epochs: number, simd: Simd): Promise<void> {
  const { job, images } = await jobOf(architecture, epochs, simd);
  const size = groupSize(job, inputOf(images.train), threads);
  if (!size) {
    console.log(`${architecture} gains nothing from ${threads} threads`);
    return;
  }
  const memory = new SharedArrayBuffer(size.bytes);
  const places = Array.from({ length: size.threads }, (_, rank) => ({ rank, size: size.threads, memory }));
  const members = places.map((place) => {
    const given: Place = { architecture, epochs, simd, ...place };
    return new Worker(new URL(import.meta.url), { workerData: given });
  });
  const run = runJob(job, images, new Kernels(loadKernels(simd)), () => 0);
  const alone: number[] = [];
  const together: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const started = performance.now();
    run.next();
    const between = performance.now();
    const answers = members.map((each) => once(each, "message"));
    for (const each of members) each.postMessage("epoch");
    await Promise.all(answers);
    if (epoch < WARM) continue;
    alone.push(between - started);
    together.push(performance.now() - between);
  }
  await Promise.all(members.map((each) => each.terminate()));
  console.log(`${cpus()[0]?.model}, Node.js ${process.versions.node}, ${simd} SIMD`);
  for (const [name, share] of [
    ["lower quartile", 0.25],
    ["median", 0.5],
  ] as const) {
    const [one, several] = [alone, together].map((times) => quantile(times, share)) as [number, number];
    console.log(
      `${architecture}, ${name} of ${alone.length} epochs: ${one.toFixed(0)} ms alone, ${several.toFixed(0)} ms in ${size.threads} threads, ${(one / several).toFixed(2)} times as fast`,
    );
  }
}

const quantile = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.floor(share * times.length)] as number;

if (isMainThread) {
  const [architecture = "best", threads = "2", epochs = "22", simd = "base"] = process.argv.slice(2);
  await race(architecture, Number(threads), Number(epochs), simd as Simd);
} else await member(workerData as Place);
