import { readFileSync } from "node:fs";
import type { Contestant } from "./contestant.js";
import { here } from "./peer.js";

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
  return [];
}
