import type { PlacedLayer } from "../../network/layer.js";
import type { BatchNorm } from "../../network/layers/batch-norm.js";
import { type Activations, allocateLike, SLACK } from "../activations.js";
import { Normalization } from "./normalization.js";
import type { BuildContext, LayerOperation, Operation } from "./operation.js";
import { rectified } from "./relu.js";

/** Batch norm of each channel over examples and pixels, or of each feature of flat activations over examples. */
const operation: LayerOperation<BatchNorm> = {
  divides: () => true,
  make: (context, placed, input) => normalize(context, placed, input, false),
};
export default operation;

/**
 * Batch norm, and the ReLU behind it where there is one, each way in two passes over the activations.
 *
 * @param hasRelu  whether the output is ReLU's
 */
export function normalize(context: BuildContext, placed: PlacedLayer, input: Activations, hasRelu: boolean): Operation {
  const { kernels, examples: capacity } = context;
  const { run } = kernels;
  const own = allocateLike(kernels, input, capacity);
  const output = hasRelu ? rectified(own) : own;
  const normalization = new Normalization(context, placed, input);
  const { channels, scale, shift, slope, offset } = normalization;
  const pixels = input.size / channels;
  const floor = hasRelu ? 0 : -Infinity;
  // The gradient of batch norm's own output. That of ReLU's is others' to read.
  const masked = hasRelu ? input.gradients || kernels.allocate((capacity + SLACK) * input.size) : output.gradients;
  return {
    output,
    forward(examples, training) {
      if (training) {
        normalization.begin();
        normalization.addMoments(input.values, examples, pixels);
        normalization.finish(examples, pixels);
      } else {
        normalization.useRunning();
      }
      run.affine(input.values, examples * pixels, channels, scale, shift, floor, output.values);
    },
    backward(examples) {
      normalization.beginGradient();
      if (hasRelu) {
        const relu = { y: output.values, gradient: output.gradients, masked };
        normalization.addReluGradientMoments(relu, input.values, examples, pixels);
      } else normalization.addGradientMoments(masked, input.values, examples, pixels);
      normalization.finishGradient(examples, pixels);
      if (!input.gradients) return;
      const rows = examples * pixels;
      run.affineGradient(masked, input.values, rows, channels, scale, slope, offset, input.gradients);
    },
  };
}
