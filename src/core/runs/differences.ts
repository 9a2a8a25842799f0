import type { Layer } from "../network/index.js";
import type { RunSummary } from "../training/index.js";
import { flatten, type Leaf } from "./flat.js";

/** A value that is not the same in all of several runs. */
export interface RunDifference {
  /** A path in a run's record, such as "seed", "config.learningRate" or, for a layer, "config.network.trunk.3". */
  readonly key: string;
  /** The value of each run; null if it has none. */
  readonly values: readonly (Leaf | Layer)[];
}

/** All values of several runs and of their settings that are not the same in all. Layers are compared by their place. */
export function runDifferences(runs: readonly RunSummary[]): RunDifference[] {
  const settings = runs.map(({ architecture, seed, config: { network, ...training } }) => {
    const { trunk: _, head: __, ...rest } = network;
    // What classes are called goes with the images.
    const { values: _values, classes: _classes, ...dataset } = training.dataset;
    return flatten({ architecture, seed, config: { ...training, dataset, network: rest } });
  });
  const keys = new Set(settings.flatMap((each) => [...each.keys()]));
  const all: RunDifference[] = [
    ...[...keys].map((key) => ({ key, values: settings.map((each) => each.get(key) ?? null) })),
    ...layersByPlace(runs, "trunk"),
    ...layersByPlace(runs, "head"),
  ];
  return all.filter(({ values }) => new Set(values.map((value) => JSON.stringify(value))).size > 1);
}

function layersByPlace(runs: readonly RunSummary[], part: "trunk" | "head"): RunDifference[] {
  const layers = runs.map(({ config }) => config.network[part]);
  const places = Math.max(...layers.map(({ length }) => length));
  return Array.from({ length: places }, (_, place) => ({
    key: `config.network.${part}.${place}`,
    values: layers.map((each) => each[place] ?? null),
  }));
}
