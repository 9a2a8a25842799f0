import type { ReLU } from "../../network/layers/relu.js";
import { type Activations, allocateLike } from "../activations.js";
import type { LayerOperation } from "./operation.js";

const operation: LayerOperation<ReLU> = {
  divides: () => true,
  passes: () => 0.5,
  make({ kernels, examples: capacity }, _placed, input) {
    const { run } = kernels;
    const output = rectified(allocateLike(kernels, input, capacity), input.gradients ? input.sparsity?.training : 1);
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

/**
 * Activations that are a ReLU's output.
 *
 * @param training  the share of its inputs that is not 0 in training, where it is known: dropout's zeros stay 0
 */
export function rectified(output: Activations, training = 1): Activations {
  // Half of the inputs are expected below 0.
  return { ...output, sparsity: { background: 0, training: training / 2, evaluation: 0.5 } };
}
