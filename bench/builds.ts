/**
 * What a change brings: steps of training by this build and by another, in turn, so that both meet the same machine. The time of a call
 * is its lower quartile over steps, so that other programs on the machine count little. Both must train to the same bits.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/builds.js CHECKOUT [ARCHITECTURE] [base|fused] [STEPS]
 *
 * CHECKOUT is the folder of the other one, which is built.
 */
import { createHash } from "node:crypto";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { findArchitecture, type Pairs, samplePairSet } from "pairlab";
import { loadDataset, type Simd } from "pairlab/node";
import { print, table } from "./tables.js";
import { inputOfPairs, SEED } from "./task.js";

/** The first steps compile the kernels. */
const WARM = 30;

/** A kernel's call, and the time from the end of the call before to its start, in milliseconds. */
interface Call {
  readonly kernel: string;
  readonly own: number;
  readonly before: number;
}

interface Build {
  step(): void;
  readonly steps: Call[][];
  /** A hash of the weights. */
  bits(): string;
}

async function buildOf(checkout: string, name: string, simd: Simd, train: Pairs): Promise<Build> {
  const from = (file: string) => import(pathToFileURL(join(resolve(checkout), "dist/program", file)).href);
  const { Adam, encodeWeights, Kernels, Model, pixelScale }: typeof import("pairlab") = await from("index.js");
  const { loadKernels }: typeof import("pairlab/node") = await from("node.js");
  const steps: Call[][] = [];
  let end = 0;
  const timed = <Run extends object>(run: Run): Run =>
    Object.fromEntries(
      Object.entries(run).map(([kernel, exported]) => [
        kernel,
        typeof exported !== "function"
          ? exported
          : (...call: number[]) => {
              const started = performance.now();
              const result = exported(...call);
              const before = started - end;
              end = performance.now();
              steps.at(-1)?.push({ kernel, own: end - started, before });
              return result;
            },
      ]),
    ) as Run;
  const architecture = findArchitecture(name);
  const { batchSize, dropout, learningRate } = architecture;
  const kernels = new Kernels(loadKernels(simd), timed);
  const model = new Model(kernels, architecture, inputOfPairs(train), { batchSize, dropout });
  const adam = new Adam(kernels, model.tensors);
  const scale = pixelScale(train);
  const pairs = model.load(train, scale);
  model.initialize(SEED);
  let at = 0;
  return {
    steps,
    step() {
      const first = at;
      steps.push([]);
      end = performance.now();
      model.gradient(
        pairs,
        Array.from({ length: batchSize }, (_, i) => (first + i) % pairs.count),
      );
      adam.step(learningRate);
      at += batchSize;
    },
    bits: () =>
      createHash("sha256")
        .update(encodeWeights(model, scale, name))
        .digest("hex"),
  };
}

const quantile = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.floor(share * times.length)] as number;

/** The milliseconds of each kernel in a step, and of what is between their calls. */
function shares({ steps }: Build, share: number): Map<string, number> {
  const counted = steps.slice(WARM);
  const times = new Map<string, number>();
  const add = (key: string, time: number) => times.set(key, (times.get(key) ?? 0) + time);
  counted[0]?.forEach(({ kernel }, i) => {
    const of = (part: "own" | "before") =>
      quantile(
        counted.map((calls) => calls[i]?.[part] ?? 0),
        share,
      );
    add(PRODUCTS.test(kernel) ? "products" : kernel, of("own"));
    add("between the kernels", of("before"));
  });
  return times;
}

const PRODUCTS = /^(gemms?|convolve|convolveMarked|sparseGemm)$/;
const whole = (times: Map<string, number>): number => [...times.values()].reduce((sum, time) => sum + time, 0);

async function compare(checkout: string, name: string, simd: Simd, count: number): Promise<void> {
  const { train } = samplePairSet(await loadDataset(), SEED);
  const [other, own] = [await buildOf(checkout, name, simd, train), await buildOf(".", name, simd, train)];
  for (let step = 0; step < WARM + count; step++)
    for (const build of step % 2 === 0 ? [other, own] : [own, other]) build.step();
  print(`${cpus()[0]?.model}, Node.js ${process.versions.node}, ${name}, ${simd} SIMD, ${count} steps each`);
  print(other.bits() === own.bits() ? "the same bits" : "OTHER BITS");
  for (const [words, share] of [
    ["lower quartiles", 0.25],
    ["medians", 0.5],
  ] as const) {
    const [before, after] = [whole(shares(other, share)), whole(shares(own, share))];
    print(
      `${words} of calls: ${before.toFixed(2)} ms, then ${after.toFixed(2)} ms, a ratio of ${(before / after).toFixed(3)}`,
    );
  }
  const [before, after] = [shares(other, 0.25), shares(own, 0.25)];
  const rows = [...new Set([...before.keys(), ...after.keys()])]
    .map((kernel) => ({ kernel, before: before.get(kernel) ?? 0, after: after.get(kernel) ?? 0 }))
    .filter((row) => Math.max(row.before, row.after) > 0.004 * whole(before))
    .sort((a, b) => b.before - a.before)
    .map((row) => [row.kernel, row.before.toFixed(2), row.after.toFixed(2)]);
  print(table(["kernel", "ms before", "ms after"], rows, ["kernel"]));
}

const [checkout, architecture = "best", simd = "fused", steps = "100"] = process.argv.slice(2);
if (checkout === undefined) {
  console.error("error: which other build? Name the folder of a checkout that is built");
  process.exitCode = 2;
} else await compare(checkout, architecture, simd as Simd, Number(steps));
