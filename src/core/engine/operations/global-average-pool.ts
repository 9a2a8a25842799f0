import type { GlobalAveragePool } from "../../network/layers/global-average-pool.js";
import type { LayerOperation } from "./operation.js";
import { pooledActivations } from "./pooled-activations.js";

const operation: LayerOperation<GlobalAveragePool> = {
  divides: () => true,
  make(context, placed, input) {
    const { run } = context.kernels;
    const output = pooledActivations(context, placed, input);
    const pixels = placed.input.height * placed.input.width;
    const [inBytes, outBytes] = [input.size * 4, output.size * 4];
    return {
      output,
      forward(examples) {
        for (let i = 0; i < examples; i++)
          run.globalAveragePool(input.values + i * inBytes, pixels, input.stride, output.values + i * outBytes);
      },
      backward(examples) {
        if (!input.gradients) return;
        for (let i = 0; i < examples; i++)
          run.globalAveragePoolGradient(
            output.gradients + i * outBytes,
            pixels,
            input.stride,
            input.gradients + i * inBytes,
          );
      },
    };
  },
};
export default operation;
