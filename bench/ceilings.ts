import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Simd } from "pairlab/node";
import { withFolder } from "./task.js";

/** The part of the WebAssembly interface that is used here, which the type libraries of this folder do not have. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (
    module: object,
  ) => { readonly exports: { ceiling(steps: number, factor: number, addend: number): number } };
};

const COMPILER = createRequire(import.meta.url).resolve("assemblyscript/bin/asc.js");

/** Results that depend only on themselves, so that the processor can work on all of them at the same time. */
const CHAINS = 12;
const STEPS = 500_000;
const LANES = 4;
/** They are arguments, since constants would be read from memory each time. */
const [FACTOR, ADDEND] = [0.9999999, 0.001] as const;

/** The instructions of each build, in AssemblyScript, and the operations of all of a step's. */
const INSTRUCTIONS = {
  // Half of the chains multiply and half add: a chain of both would need another register.
  base: {
    of: (x: string, chain: number) => (chain % 2 === 0 ? `f32x4.mul(${x}, FACTOR)` : `f32x4.add(${x}, ADDEND)`),
    operations: CHAINS * LANES,
  },
  fused: { of: (x: string) => `f32x4.relaxed_madd(${x}, FACTOR, ADDEND)`, operations: 2 * CHAINS * LANES },
} as const;

/**
 * Makes a measurement of the GFLOP/s of 128-bit vectors: multiplications and additions on registers, without a load. No product of
 * matrices can have more.
 */
export async function vectorRate(simd: Simd): Promise<() => number> {
  const { of, operations } = INSTRUCTIONS[simd];
  const chains = Array.from({ length: CHAINS }, (_, chain) => `x${chain}`);
  // After all steps a chain of multiplications is still far from the numbers that processors are slow with.
  const source = `
export function ceiling(steps: i32, factor: f32, addend: f32): f32 {
  const FACTOR = f32x4.splat(factor), ADDEND = f32x4.splat(addend);
  ${chains.map((x, i) => `let ${x} = f32x4.splat(${i}.5);`).join("\n  ")}
  for (let step = 0; step < steps; step++) {
    ${chains.map((x, chain) => `${x} = ${of(x, chain)};`).join("\n    ")}
  }
  return f32x4.extract_lane(${chains.reduce((sum, x) => `f32x4.add(${sum}, ${x})`)}, 0);
}`;
  const wasm = await withFolder(async (folder) => {
    const [from, to] = [join(folder, "ceiling.ts"), join(folder, "ceiling.wasm")];
    await writeFile(from, source);
    const enabled = simd === "fused" ? ["simd", "relaxed-simd"] : ["simd"];
    const options = ["--runtime", "stub", "--use", "abort=", ...enabled.flatMap((feature) => ["--enable", feature])];
    execFileSync(process.execPath, [COMPILER, from, "-O1", "-o", to, ...options], { stdio: "inherit" });
    return readFile(to);
  });
  const { ceiling } = new WebAssembly.Instance(new WebAssembly.Module(wasm)).exports;
  return () => {
    const started = performance.now();
    ceiling(STEPS, FACTOR, ADDEND);
    return (operations * STEPS) / (performance.now() - started) / 1e6;
  };
}
