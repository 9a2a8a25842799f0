import type { Dropout } from "../../network/layers/dropout.js";
import { allocateLike } from "../activations.js";
import type { LayerOperation } from "./operation.js";

/** Inverted dropout: training scales what it keeps by 1 / (1 − rate), so evaluation changes nothing. */
const operation: LayerOperation<Dropout> = {
  passes: (layer, dropout) => 1 - (layer.rate ?? dropout),
  make({ kernels, dropoutState, dropout, examples: capacity }, { layer }, input) {
    const rate = layer.rate ?? dropout;
    const sparsity = { background: 0, training: 1 - rate, evaluation: 1 };
    const output = { ...allocateLike(kernels, input, capacity), sparsity };
    const mask = kernels.allocate(capacity * input.size + 4);
    const threshold = Math.min(Math.round(rate * 2 ** 32), 2 ** 32 - 1);
    return {
      output,
      forward(examples, training) {
        const count = examples * input.size;
        if (!training || threshold === 0) {
          kernels.copy(input.values, output.values, count);
          return;
        }
        kernels.run.dropOut(dropoutState, threshold, 1 / (1 - rate), input.values, count, mask, output.values);
      },
      backward(examples) {
        if (!input.gradients) return;
        const count = examples * input.size;
        if (threshold === 0) kernels.copy(output.gradients, input.gradients, count);
        else kernels.run.multiply(output.gradients, mask, count, input.gradients);
      },
    };
  },
};
export default operation;
