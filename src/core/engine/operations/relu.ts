import type { ReLU } from "../../network/layers/relu.js";
import { allocateLike } from "../activations.js";
import type { LayerOperation } from "./operation.js";

const operation: LayerOperation<ReLU> = {
  passes: () => 0.5,
  make({ kernels, examples: capacity }, _placed, input) {
    const { run } = kernels;
    // Half of a ReLU's inputs are expected below 0, and zeros of a dropout before it stay 0. Nothing is known of images.
    const { training } = (input.gradients && input.sparsity) || { training: 1 };
    const sparsity = { background: 0, training: training / 2, evaluation: 0.5 };
    const output = { ...allocateLike(kernels, input, capacity), sparsity };
    return {
      output,
      forward(examples) {
        run.relu(input.values, examples * input.size, output.values);
      },
      backward(examples) {
        if (input.gradients) run.reluGradient(output.values, output.gradients, examples * input.size, input.gradients);
      },
    };
  },
};
export default operation;
