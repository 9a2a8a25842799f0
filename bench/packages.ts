import { readFileSync } from "node:fs";
import type { Contestant } from "./contestant.js";
import { here, peer } from "./peer.js";

const PACKAGES = { "jax-js": "@jax-js/jax", "tfjs-backend-wasm": "@tensorflow/tfjs-backend-wasm" } as const;

/** The versions of the peers that are npm packages; undefined where they are not installed. */
export function findPackages(): Readonly<Record<string, string>> | undefined {
  try {
    return Object.fromEntries(Object.entries(PACKAGES).map(([name, folder]) => [name, versionOf(folder)]));
  } catch {
    return undefined;
  }
}

const versionOf = (folder: string): string =>
  JSON.parse(readFileSync(here(`node_modules/${folder}/package.json`), "utf8")).version;

export function packageContestants(): Contestant[] {
  const form = (library: "jax-js" | "tfjs", written: "usual" | "best", settings: string) =>
    peer(`${library === "tfjs" ? "tfjs-wasm" : library} ${written}`, settings, ({ folder, architecture }) => ({
      command: process.execPath,
      args: [here(`${library}/race.js`), folder, architecture.name, written],
      env: {},
    }));
  return [
    form("jax-js", "usual", "its own convolution, each step under jit"),
    form("jax-js", "best", "patches and matrix products in the layout it multiplies fastest, relaxed SIMD"),
    form("tfjs", "usual", "layers, and an optimizer that minimises"),
    form("tfjs", "best", "patches and matrix products, gradients by hand"),
  ];
}
