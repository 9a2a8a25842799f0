import type { PlacedLayer } from "../../network/layer.js";
import { isFlat } from "../../network/shape.js";
import { type Activations, allocateActivations, allocateLike } from "../activations.js";
import type { BuildContext } from "./operation.js";

/** Where pooling puts its output. Flattened activations keep their layout: pooling moves nothing between lanes. */
export function pooledActivations(
  { kernels, examples }: BuildContext,
  placed: PlacedLayer,
  input: Activations,
): Activations {
  return isFlat(placed.input)
    ? allocateLike(kernels, input, examples)
    : allocateActivations(kernels, placed.output, examples);
}
