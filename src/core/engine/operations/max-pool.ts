import type { MaxPool } from "../../network/layers/max-pool.js";
import type { LayerOperation } from "./operation.js";
import { pooledActivations, windowArguments } from "./pooled-activations.js";

/** Max-pooling that is not part of a block. */
const operation: LayerOperation<MaxPool> = {
  divides: () => true,
  make(context, placed, input) {
    const { kernels, examples: capacity } = context;
    const { run } = kernels;
    const output = pooledActivations(context, placed, input);
    const winners = kernels.allocate(capacity * output.size);
    const window = windowArguments(placed, input);
    return {
      output,
      forward(examples) {
        run.maxPool(input.values, examples, ...window, output.values, winners);
      },
      backward(examples) {
        if (input.gradients) run.maxPoolGradient(output.gradients, winners, examples, ...window, input.gradients);
      },
    };
  },
};
export default operation;
