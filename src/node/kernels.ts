import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { oneOf } from "../core/checks.js";
import { fusesMultiplyAdd } from "../core/engine/fused.js";
import { compileKernels, type KernelModule } from "../core/engine/kernels.js";
import { InvalidRequest } from "../core/errors.js";
import type { EngineIdentity } from "../core/training/job.js";
import { packageVersion } from "./version.js";

/**
 * Which build of the kernels: `base`, whose bits are the same everywhere, or `fused`, which is mostly faster, and whose bits are the same on every
 * processor that multiplies and adds with one rounding.
 */
export type Simd = EngineIdentity["simd"];

const FILES = { base: "kernels.wasm", fused: "kernels.fused.wasm" } as const;

/** That of Chrome 114. */
const V8_WITH_RELAXED_SIMD = 11.4;

const checkBuild = oneOf(Object.keys(FILES));

const bytesOf = (simd: Simd): Uint8Array => readFileSync(new URL(`../core/kernels/${FILES[simd]}`, import.meta.url));

/** The version, build and hash of the kernels that a run's bits depend on. @throws InvalidRequest for another build */
export function engineIdentity(simd: Simd): EngineIdentity {
  checkBuild(simd, "the kernels' build");
  const kernels = createHash("sha256").update(bytesOf(simd)).digest("hex");
  return { version: packageVersion(), simd, kernels };
}

/**
 * Compiles the kernels for this process.
 *
 * @throws InvalidRequest if the fused build is requested, and this Node.js or this processor cannot run it to its bits
 */
export function loadKernels(simd: Simd = "base"): KernelModule {
  checkBuild(simd, "the kernels' build");
  if (simd === "base") return compileKernels(bytesOf(simd));
  const kernels = loadFused();
  if (typeof kernels === "string") throw new InvalidRequest(`--simd fused ${kernels}: train with --simd base`);
  return kernels;
}

/** Why this process cannot run a build to its bits, as words that follow its name; undefined where it can. */
export function whyCannotRun(simd: Simd): string | undefined {
  if (simd === "base") return undefined;
  const kernels = loadFused();
  return typeof kernels === "string" ? kernels : undefined;
}

/** The fused build, or why this process cannot run it to its bits. */
function loadFused(): KernelModule | string {
  // Later ones have it without the flag, and write on standard error that they know none of that name.
  if (Number.parseFloat(process.versions.v8) < V8_WITH_RELAXED_SIMD)
    setFlagsFromString("--experimental-wasm-relaxed-simd");
  let kernels: KernelModule;
  try {
    kernels = compileKernels(bytesOf("fused"));
  } catch {
    return `needs relaxed SIMD, which ${runtime()} does not have`;
  }
  if (fusesMultiplyAdd(kernels)) return kernels;
  return `needs a multiply-add that rounds once, and ${runtime()} on this processor rounds twice`;
}

function runtime(): string {
  const { bun, deno } = process.versions;
  if (bun) return `Bun ${bun}`;
  return deno ? `Deno ${deno}` : `Node.js ${process.version}`;
}
