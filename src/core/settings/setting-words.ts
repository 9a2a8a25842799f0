import type { Leaf } from "../runs/flat.js";

/** Settings that are told otherwise than a configuration has them. */
export const LAYERS = "layers";
export const AUGMENTATION = "augmentation";
export const IMAGES = "images";
export const KERNELS = "kernels";

/**
 * Settings with a value in words, by their paths in a run's configuration, in the order in which they are told. A value is null
 * where a configuration has none.
 */
export const SETTING_WORDS: Readonly<Record<string, (value: Leaf) => string>> = {
  epochs: (count) => `epochs ${count}`,
  trainPairs: (count) => `training pairs ${count}`,
  learningRate: (rate) => `learning rate ${rate}`,
  batchSize: (pairs) => `batch size ${pairs}`,
  dropout: (rate) => `dropout ${rate}`,
  "network.auxiliaryWeight": (weight) => `auxiliary weight ${weight}`,
  "network.trunks": (trunks) => (trunks === "shared" ? "shared trunk" : `${trunks} trunks`),
  "network.pairWeight": (weight) => `pair weight ${weight}`,
  "network.members": (count) => (count === 1 ? "one member" : `${count} members`),
  labelSmoothing: (epsilon) => `label smoothing ${epsilon ?? 0}`,
  views: (views) => `views ${views ?? "none"}`,
  [AUGMENTATION]: (what) => `augmentation ${what ?? "none"}`,
  partners: (count) => `partners ${count ?? 1}`,
  pairing: (how) => `pairs ${how ?? "as drawn"}`,
  [LAYERS]: (hash) => `layers ${hash}`,
  evaluateOn: (pairs) => `on ${pairs} pairs`,
  testPairs: (count) => `test pairs ${count}`,
  evaluate: (when) => (when === "end" ? "evaluated at the end" : "evaluated after each epoch"),
  [IMAGES]: (name) => `images ${name}`,
  "engine.simd": (build) => `${build} SIMD`,
  "engine.version": (version) => `pairlab ${version}`,
  [KERNELS]: (hash) => `kernels ${hash}`,
  optimizer: (name) => `optimizer ${name}`,
  momentum: (part) => `${part ?? "default"} momentum`,
  nesterov: (is) => (is ? "Nesterov's momentum" : "no Nesterov's momentum"),
  weightDecay: (rate) => `${rate ?? "default"} weight decay`,
  schedule: (name) => `${name ?? "constant"} learning rate`,
  clipNorm: (norm) => (norm === null ? "no clipping" : `clipping at ${norm}`),
  weightAverage: (decay) => (decay === null ? "no weight average" : `weight average ${decay}`),
};
