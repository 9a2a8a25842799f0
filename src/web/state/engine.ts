import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import kernelsUrl from "../../../dist/core/kernels/kernels.wasm?url";
import type { EngineIdentity, KernelModule } from "../../core/index.js";

/** The version of the package that this page was built from. */
declare const PAIRLAB_VERSION: string;

export interface Engine {
  readonly identity: EngineIdentity;
  readonly kernels: KernelModule;
}

/** Fetches and compiles the kernels. Their hash is part of every run's id. */
export async function loadEngine(): Promise<Engine> {
  const response = await fetch(kernelsUrl).catch(() => {
    throw new Error("the kernels cannot be fetched: there is no connection");
  });
  if (!response.ok) throw new Error(`the kernels cannot be fetched: the server answers ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const identity = { version: PAIRLAB_VERSION, simd: "base", kernels: bytesToHex(sha256(bytes)) } as const;
  return { identity, kernels: await WebAssembly.compile(bytes) };
}
