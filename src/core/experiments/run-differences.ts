import type { Layer } from "../network/index.js";
import type { RunSummary } from "../training/index.js";
import { flatten, type Leaf } from "./flat.js";

/** Something that is not the same in all of several runs. */
export interface RunDifference {
  /** A path in a run's record, such as "seed", "config.learningRate" or, for a layer, "config.network.trunk.3". */
  readonly key: string;
  /** Of each run; null where it has none. */
  readonly values: readonly (Leaf | Layer)[];
}

/** What decides the bits of several runs and is not the same in all of them. Layers are compared by their place. */
export function runDifferences(runs: readonly RunSummary[]): RunDifference[] {
  const all = runs.map(whatDecides);
  const keys = new Set(all.flatMap((values) => [...values.keys()]));
  return [...keys].flatMap((key) => {
    const values = all.map((each) => each.get(key) ?? null);
    return new Set(values.map((value) => JSON.stringify(value))).size > 1 ? [{ key, values }] : [];
  });
}

function whatDecides({ architecture, seed, config }: RunSummary): Map<string, Leaf | Layer> {
  const { network, ...settings } = config;
  const { trunk, head, ...rest } = network;
  const values = new Map<string, Leaf | Layer>(flatten({ architecture, seed, config: { ...settings, network: rest } }));
  for (const [part, layers] of Object.entries({ trunk, head }))
    layers.forEach((layer, i) => {
      values.set(`config.network.${part}.${i}`, layer);
    });
  return values;
}
