import type { MaxPool } from "../../network/layers.js";
import type { PlacedLayer } from "../../network/network.js";
import { isFlat } from "../../network/rules.js";
import { type Activations, allocateActivations, allocateLike } from "../activations.js";
import type { Operation, Workshop } from "./operation.js";

/** Max-pooling by itself, over windows that do not overlap. */
export function maxPoolOperation(
  workshop: Workshop,
  placed: PlacedLayer,
  layer: MaxPool,
  input: Activations,
): Operation {
  const { kernels, examples: capacity } = workshop;
  // Flattened activations keep their layout: pooling moves nothing between lanes.
  const output = isFlat(placed.input)
    ? allocateLike(kernels, input, capacity)
    : allocateActivations(kernels, placed.output, capacity);
  const winners = kernels.allocate(capacity * output.size);
  const { height, width } = placed.input;
  const { height: outHeight, width: outWidth } = placed.output;
  return {
    output,
    forward(examples) {
      for (let i = 0; i < examples; i++) {
        const [from, to] = [i * input.size * 4, i * output.size * 4];
        kernels.run.maxPool(
          input.values + from,
          width,
          input.stride,
          layer.size,
          outHeight,
          outWidth,
          output.values + to,
          winners + to,
        );
      }
    },
    backward(examples) {
      if (!input.gradients) return;
      for (let i = 0; i < examples; i++) {
        const [to, from] = [i * input.size * 4, i * output.size * 4];
        kernels.run.maxPoolGradient(
          output.gradients + from,
          winners + from,
          height,
          width,
          input.stride,
          layer.size,
          outHeight,
          outWidth,
          input.gradients + to,
        );
      }
    },
  };
}
