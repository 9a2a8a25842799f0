import type { PlacedLayer } from "../../network/layer.js";
import type { AveragePool } from "../../network/layers/average-pool.js";
import type { MaxPool } from "../../network/layers/max-pool.js";
import { isFlat } from "../../network/shape.js";
import { type Activations, allocateActivations, allocateLike } from "../activations.js";
import type { BuildContext, Placed } from "./operation.js";

/** Allocates the output of pooling. Flattened activations keep their layout, because pooling moves nothing between lanes. */
export function pooledActivations(
  { kernels, examples }: BuildContext,
  placed: PlacedLayer,
  input: Activations,
): Activations {
  return isFlat(placed.input)
    ? allocateLike(kernels, input, examples)
    : allocateActivations(kernels, placed.output, examples);
}

/** The kernels' arguments that describe a pooling layer's windows. */
export function windowArguments(
  { layer, input, output }: Placed<AveragePool | MaxPool>,
  { stride: channels }: Activations,
) {
  const { size, stride = size, padding = 0 } = layer;
  return [input.height, input.width, channels, size, stride, padding, output.height, output.width] as const;
}
