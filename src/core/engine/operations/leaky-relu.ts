import type { LeakyReLU } from "../../network/layers/leaky-relu.js";
import { allocateLike } from "../activations.js";
import type { LayerOperation } from "./operation.js";

const operation: LayerOperation<LeakyReLU> = {
  divides: () => true,
  make({ kernels, examples: capacity }, { layer: { slope } }, input) {
    const { run } = kernels;
    const output = allocateLike(kernels, input, capacity);
    return {
      output,
      forward(examples) {
        run.leakyRelu(input.values, examples * input.size, slope, output.values);
      },
      backward(examples) {
        if (!input.gradients) return;
        run.leakyReluGradient(input.values, output.gradients, examples * input.size, slope, input.gradients);
      },
    };
  },
};
export default operation;
