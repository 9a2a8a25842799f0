import type { Layer } from "../../network/layer.js";
import { allocateLike } from "../activations.js";
import type { LayerOperation } from "./operation.js";

/** GELU or SiLU. Slopes cost little when values are computed, so a training pass keeps them for the way back. */
export const smooth = (kind: "gelu" | "silu"): LayerOperation<Layer> => ({
  divides: () => true,
  make({ kernels, examples: capacity }, _placed, input) {
    const { run } = kernels;
    const output = allocateLike(kernels, input, capacity);
    const slopes = input.gradients ? kernels.allocate(capacity * input.size + 4) : 0;
    return {
      output,
      forward(examples, training) {
        run[kind](input.values, examples * input.size, output.values, training ? slopes : 0);
      },
      backward(examples) {
        if (input.gradients) run.multiply(output.gradients, slopes, examples * input.size, input.gradients);
      },
    };
  },
});
