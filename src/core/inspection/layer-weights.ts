import type { NamedBytes } from "../data/index.js";
import { decodeSafetensors } from "../formats/index.js";

/** A weight, a bias or a running statistic, in PyTorch's shape and element order. */
export interface WeightTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** The tensors of each layer by name: `weight`, `bias`, `running_mean`, `running_var`. */
export type LayerWeights = Readonly<Record<string, Readonly<Record<string, WeightTensor>>>>;

/**
 * A network's weights by layer. `layers["trunk.0"].weight` holds the first convolution's filters, [filters, channels, kernel, kernel].
 *
 * @param file  a run's weights, or a file from `encodeWeights`
 * @throws InvalidRequest naming the first thing in the file that is wrong
 */
export function layerWeights(file: NamedBytes): LayerWeights {
  const layers: Record<string, Record<string, WeightTensor>> = {};
  for (const { name, shape, data } of decodeSafetensors(file).tensors) {
    if (!(data instanceof Float32Array)) continue;
    const dot = name.lastIndexOf(".");
    const layer = name.slice(0, Math.max(dot, 0));
    layers[layer] ??= {};
    layers[layer][name.slice(dot + 1)] = { shape, data };
  }
  return layers;
}
