import { type KernelModule, Kernels } from "../../core/engine/kernels.js";
import { InvalidRequest } from "../../core/errors.js";
import { DIGIT_PAIRS } from "../../core/network/index.js";
import { makeJob } from "../../core/training/job.js";
import { runJob } from "../../core/training/run.js";
import type { Simd } from "../kernels.js";
import { HOST } from "../processes.js";

/** The weights' SHA-256 of the probe, everywhere, by build. A change of a kernel's order of operations changes them. */
const WEIGHTS: Readonly<Record<Simd, string>> = {
  base: "32f5f72fc8f326c7b1a326c2637f3fee4a3b38662544f274469f5c4da44a9adb",
  fused: "26b94a914efdb0662a64eab70e57def9ef2b818bd5d1c61a7247f0313f53129d",
};

const SIDE = 28;
const COUNT = 60;

/** Images of a bright bar on a dark ground, whose place says the class. */
const bars = {
  count: COUNT,
  height: SIDE,
  width: SIDE,
  pixels: Uint8Array.from({ length: COUNT * SIDE * SIDE }, (_, i) =>
    Math.floor((i % (SIDE * SIDE)) / 56) === Math.floor(i / (SIDE * SIDE)) % 10 ? 100 + ((i * 7919) % 155) : 0,
  ),
  labels: Uint8Array.from({ length: COUNT }, (_, i) => i % 10),
};

/** Trains a small network on what is the same everywhere, in about 0.05 s. @returns the weights' SHA-256 */
export function probe(kernels: KernelModule): string {
  const zeros = "0".repeat(64);
  const dataset = { name: "bars", sha256: zeros, shape: DIGIT_PAIRS };
  const engine = { version: "0", simd: "base", kernels: zeros } as const;
  const job = makeJob("weight-sharing-auxiliary", 1, dataset, engine, { epochs: 1, trainPairs: 30, testPairs: 30 });
  const run = runJob(job, { train: bars, test: bars }, new Kernels(kernels), () => 0);
  let step = run.next();
  while (!step.done) step = run.next();
  return step.value.record.weightsSha256;
}

/** @throws InvalidRequest where this build does not train to the bits of all others */
export function checkBits(kernels: KernelModule, simd: Simd): void {
  const found = probe(kernels);
  const expected = WEIGHTS[simd];
  if (found === expected) return;
  throw new InvalidRequest(
    `pairlab on ${HOST} trains to other bits than it should (weights ${found.slice(0, 16)}, not ${expected.slice(0, 16)}): reinstall it, or leave this machine out`,
  );
}
