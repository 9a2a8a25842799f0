import type { MaxPool } from "../../network/layers/max-pool.js";
import type { LayerOperation } from "./operation.js";
import { pooledActivations } from "./pooled-activations.js";

/** Max-pooling by itself. */
const operation: LayerOperation<MaxPool> = {
  make(context, placed, input) {
    const { size, stride = size, padding = 0 } = placed.layer;
    const { kernels, examples: capacity } = context;
    const output = pooledActivations(context, placed, input);
    const winners = kernels.allocate(capacity * output.size);
    const { height, width } = placed.input;
    const { height: outHeight, width: outWidth } = placed.output;
    return {
      output,
      forward(examples) {
        for (let i = 0; i < examples; i++) {
          const [from, to] = [i * input.size * 4, i * output.size * 4];
          kernels.run.maxPool(
            input.values + from,
            height,
            width,
            input.stride,
            size,
            stride,
            padding,
            outHeight,
            outWidth,
            output.values + to,
            winners + to,
          );
        }
      },
      backward(examples) {
        if (!input.gradients) return;
        for (let i = 0; i < examples; i++) {
          const [to, from] = [i * input.size * 4, i * output.size * 4];
          kernels.run.maxPoolGradient(
            output.gradients + from,
            winners + from,
            height,
            width,
            input.stride,
            size,
            stride,
            padding,
            outHeight,
            outWidth,
            input.gradients + to,
          );
        }
      },
    };
  },
};
export default operation;
