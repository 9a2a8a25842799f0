import type { BatchNorm } from "../../network/layers/batch-norm.js";
import { allocateLike } from "../activations.js";
import { Normalization } from "./normalization.js";
import type { LayerOperation } from "./operation.js";

/** Batch norm of each channel over examples and pixels, or of each feature of flat activations over examples. */
const operation: LayerOperation<BatchNorm> = {
  make(context, placed, input) {
    const { kernels, examples: capacity } = context;
    const output = allocateLike(kernels, input, capacity);
    const normalization = new Normalization(context, placed, input);
    const pixels = input.size / normalization.channels;
    return {
      output,
      forward(examples, training) {
        if (training) {
          normalization.begin();
          normalization.addMoments(input.values, examples, pixels);
          normalization.finish(examples * pixels);
        } else {
          normalization.useRunning();
        }
        kernels.run.affine(
          input.values,
          examples * pixels,
          normalization.channels,
          normalization.scale,
          normalization.shift,
          -Infinity,
          output.values,
        );
      },
      backward(examples) {
        normalization.beginGradient();
        normalization.addGradientMoments(output.gradients, input.values, examples, pixels);
        normalization.finishGradient(examples * pixels);
        if (!input.gradients) return;
        kernels.run.affineGradient(
          output.gradients,
          input.values,
          examples * pixels,
          normalization.channels,
          normalization.scale,
          normalization.slope,
          normalization.offset,
          input.gradients,
        );
      },
    };
  },
};
export default operation;
