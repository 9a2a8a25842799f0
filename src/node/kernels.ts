import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { oneOf } from "../core/checks.js";
import { compileKernels, type KernelModule } from "../core/engine/kernels.js";
import { InvalidRequest } from "../core/errors.js";
import type { EngineIdentity } from "../core/training/job.js";
import { packageVersion } from "./version.js";

/** Which build of the kernels: `base`, whose bits are the same everywhere, or `relaxed`, which is faster. */
export type Simd = EngineIdentity["simd"];

const FILES = { base: "kernels.wasm", relaxed: "kernels.relaxed.wasm" } as const;

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
 * @throws InvalidRequest if relaxed SIMD is requested and this Node.js does not have it
 */
export function loadKernels(simd: Simd = "base"): KernelModule {
  checkBuild(simd, "the kernels' build");
  // V8 12 and later have it without the flag.
  if (simd === "relaxed") setFlagsFromString("--experimental-wasm-relaxed-simd");
  try {
    return compileKernels(bytesOf(simd));
  } catch (error) {
    if (simd === "base") throw error;
    throw new InvalidRequest(`--simd relaxed does not run on Node.js ${process.version}: use --simd base`);
  }
}
