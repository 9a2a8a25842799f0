/**
 * Milliseconds for a training epoch (20 batches of 50 pairs, dropout and Adam on, evaluation off), one thread:
 * this engine's two builds, and PyTorch where there is one, taking turns so that all meet the same machine.
 *
 *   npm run bench                   weight-sharing-auxiliary
 *   npm run bench -- ARCHITECTURE…
 */
import { cpus } from "node:os";
import { findArchitecture, median, samplePairSet, train } from "pairlab";
import { loadDataset, loadKernels, type Simd } from "pairlab/node";
import { startPyTorch } from "./pytorch.js";

const WARM_UP = 3;
const COUNTED = 9;

interface Contestant {
  readonly name: string;
  epoch(): Promise<number>;
}

const pairs = samplePairSet(await loadDataset(), 0);

function engine(architecture: string, simd: Simd): Contestant {
  const { trunk, head, auxiliaryWeight = 0, ...settings } = findArchitecture(architecture);
  const endless = { ...settings, epochs: Number.MAX_SAFE_INTEGER, evaluate: "end" } as const;
  const loop = train(loadKernels(simd), { trunk, head, auxiliaryWeight }, pairs, 0, endless);
  return {
    name: `pairlab, ${simd} SIMD`,
    async epoch() {
      const started = performance.now();
      loop.next();
      return performance.now() - started;
    },
  };
}

async function race(architecture: string): Promise<void> {
  const pytorch = await startPyTorch(architecture);
  const contestants: Contestant[] = [engine(architecture, "base"), engine(architecture, "relaxed")];
  if (pytorch) contestants.push({ name: `PyTorch ${pytorch.version}`, epoch: pytorch.epoch });
  const times = contestants.map((): number[] => []);
  for (let turn = 0; turn < WARM_UP + COUNTED; turn++)
    for (const [i, contestant] of contestants.entries()) {
      const milliseconds = await contestant.epoch();
      if (turn >= WARM_UP) times[i]?.push(milliseconds);
    }
  pytorch?.stop();
  const slowest = median(times.at(-1) ?? []);
  console.log(`\n${architecture}: ms an epoch, median of ${COUNTED} (least–most)`);
  for (const [i, { name }] of contestants.entries()) {
    const own = times[i] ?? [];
    const range = `${Math.min(...own).toFixed(1)}–${Math.max(...own).toFixed(1)}`;
    const ratio = pytorch ? `  ${(median(own) / slowest).toFixed(2)} of PyTorch's` : "";
    console.log(`  ${name.padEnd(24)} ${median(own).toFixed(1).padStart(7)} (${range})${ratio}`);
  }
  if (!pytorch) console.log("  no Python with PyTorch here: apt-get install -y python3-torch libopenblas0-pthread");
}

console.log(`Node.js ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}, one thread`);
const asked = process.argv.slice(2);
for (const architecture of asked.length > 0 ? asked : ["weight-sharing-auxiliary"]) await race(architecture);
