import type { AveragePool } from "../../network/layers/average-pool.js";
import type { LayerOperation } from "./operation.js";
import { pooledActivations, windowArguments } from "./pooled-activations.js";

const operation: LayerOperation<AveragePool> = {
  divides: () => true,
  make(context, placed, input) {
    const { run } = context.kernels;
    const output = pooledActivations(context, placed, input);
    const window = windowArguments(placed, input);
    const [inBytes, outBytes] = [input.size * 4, output.size * 4];
    return {
      output,
      forward(examples) {
        for (let i = 0; i < examples; i++)
          run.averagePool(input.values + i * inBytes, ...window, output.values + i * outBytes);
      },
      backward(examples) {
        if (!input.gradients) return;
        for (let i = 0; i < examples; i++)
          run.averagePoolGradient(output.gradients + i * outBytes, ...window, input.gradients + i * inBytes);
      },
    };
  },
};
export default operation;
