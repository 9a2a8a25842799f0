import type { Convolution } from "../../network/layers/convolution.js";
import { allocateActivations } from "../activations.js";
import { convolutionContext, convolutionMethod } from "../convolution/choose.js";
import { inOrder } from "../parameters.js";
import type { LayerOperation } from "./operation.js";

/** A convolution that is not part of a block. */
const operation: LayerOperation<Convolution> = {
  readsPixels: true,
  make(context, placed, input, { next }) {
    const { layer } = placed;
    // Batch norm cancels the bias, so its gradient is exactly 0.
    const normalized = next[0]?.layer.kind === "batch-norm";
    const output = allocateActivations(context.kernels, placed.output, context.examples);
    const where = convolutionContext({
      build: context,
      placed,
      layer,
      input,
      order: inOrder(output.shape.height * output.shape.width),
      normalized,
    });
    const convolution = convolutionMethod(where);
    const imageBytes = output.size * 4;
    return {
      output,
      studies: convolution.studies,
      forward(examples) {
        convolution.beginForward();
        for (let i = 0; i < examples; i += convolution.group)
          convolution.forward(i, Math.min(convolution.group, examples - i), output.values + i * imageBytes);
      },
      backward(examples) {
        if (!normalized) convolution.panels.biasGradient(output.gradients, examples * convolution.pixels);
        convolution.beginBackward();
        for (let i = 0; i < examples; i += convolution.group)
          convolution.backward(i, Math.min(convolution.group, examples - i), output.gradients + i * imageBytes);
        convolution.endBackward();
      },
    };
  },
};
export default operation;
