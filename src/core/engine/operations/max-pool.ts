import type { MaxPool } from "../../network/layers/max-pool.js";
import type { LayerOperation } from "./operation.js";
import { pooledActivations, windowArguments } from "./pooled-activations.js";

/** Max-pooling that is not part of a block. */
const operation: LayerOperation<MaxPool> = {
  make(context, placed, input) {
    const { kernels, examples: capacity } = context;
    const { run } = kernels;
    const output = pooledActivations(context, placed, input);
    const winners = kernels.allocate(capacity * output.size);
    const window = windowArguments(placed, input);
    const [inBytes, outBytes] = [input.size * 4, output.size * 4];
    return {
      output,
      forward(examples) {
        for (let i = 0; i < examples; i++) {
          const to = i * outBytes;
          run.maxPool(input.values + i * inBytes, ...window, output.values + to, winners + to);
        }
      },
      backward(examples) {
        if (!input.gradients) return;
        for (let i = 0; i < examples; i++) {
          const from = i * outBytes;
          run.maxPoolGradient(output.gradients + from, winners + from, ...window, input.gradients + i * inBytes);
        }
      },
    };
  },
};
export default operation;
