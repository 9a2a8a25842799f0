import type { PixelScale } from "../data/index.js";
import type { Model } from "../engine/index.js";
import { encodeSafetensors, type NamedTensor } from "../formats/index.js";

/**
 * A model's state as a safetensors file that PyTorch's `load_state_dict` takes: names, shapes and element order are
 * PyTorch's. Its metadata holds what the weights need to be used: the architecture, and the mean and standard deviation
 * by which raw pixels are scaled.
 */
export function encodeWeights(model: Model, scale: PixelScale, architecture: string): Uint8Array<ArrayBuffer> {
  const tensors: NamedTensor[] = [];
  for (const tensor of model.state()) {
    const { name, spec } = tensor;
    tensors.push({ name, shape: spec.shape, data: tensor.read(model.kernels) });
    if (spec.name === "running_var") {
      const layer = name.slice(0, -spec.name.length);
      const data = BigInt64Array.of(BigInt(model.batchesTracked));
      tensors.push({ name: `${layer}num_batches_tracked`, shape: [], data });
    }
  }
  return encodeSafetensors(tensors, {
    format: "pt",
    architecture,
    pixel_mean: String(scale.mean),
    pixel_standard_deviation: String(scale.deviation),
  });
}
