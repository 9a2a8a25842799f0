import type { AveragePool } from "../../network/layers/average-pool.js";
import type { LayerOperation } from "./operation.js";
import { pooledActivations } from "./pooled-activations.js";

/** The mean of each window, padding counted. */
const operation: LayerOperation<AveragePool> = {
  make(context, placed, input) {
    const { size, stride = size, padding = 0 } = placed.layer;
    const { run } = context.kernels;
    const output = pooledActivations(context, placed, input);
    const { height, width } = placed.input;
    const { height: outHeight, width: outWidth } = placed.output;
    return {
      output,
      forward(examples) {
        for (let i = 0; i < examples; i++)
          run.averagePool(
            input.values + i * input.size * 4,
            height,
            width,
            input.stride,
            size,
            stride,
            padding,
            outHeight,
            outWidth,
            output.values + i * output.size * 4,
          );
      },
      backward(examples) {
        if (!input.gradients) return;
        for (let i = 0; i < examples; i++)
          run.averagePoolGradient(
            output.gradients + i * output.size * 4,
            height,
            width,
            input.stride,
            size,
            stride,
            padding,
            outHeight,
            outWidth,
            input.gradients + i * input.size * 4,
          );
      },
    };
  },
};
export default operation;
