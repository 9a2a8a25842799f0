import { readFileSync } from "node:fs";
import type { Contestant } from "./contestant.js";
import { engine } from "./engine.js";
import { findPackages, packageContestants } from "./packages.js";
import { findPyTorch, pytorchContestants } from "./pytorch.js";
import { print } from "./tables.js";

export interface Field {
  readonly contestants: readonly Contestant[];
  /** The Python that has PyTorch. */
  readonly python: string | undefined;
  readonly versions: Readonly<Record<string, string>>;
}

/** All contestants that can take part here. Says which cannot, and what to install. */
export function gather(networks: boolean): Field {
  const pytorch = findPyTorch();
  if (!pytorch)
    print("without PyTorch, which no Python here has: apt-get install -y python3-torch libopenblas0-pthread");
  const packages = networks ? findPackages() : {};
  if (!packages) print("without jax-js and TensorFlow.js, which are not installed: npm ci --prefix bench");
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return {
    contestants: [
      engine("base", "the default: base SIMD", "base"),
      engine("fused", "--simd fused", "fused"),
      engine("plain", "base SIMD, every product in full by the matrix product", "base", []),
      ...(pytorch ? pytorchContestants(pytorch.python) : []),
      ...(packages ? packageContestants() : []),
    ],
    python: pytorch?.python,
    versions: { pairlab: version, node: process.version, ...(pytorch && { pytorch: pytorch.version }), ...packages },
  };
}
