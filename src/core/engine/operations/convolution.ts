import type { Convolution } from "../../network/layers/convolution.js";
import { allocateActivations } from "../activations.js";
import { convolutionContext, convolutionMethod } from "../convolution/choose.js";
import { WayBack } from "../convolution/way-back.js";
import { inOrder } from "../parameters.js";
import type { LayerOperation } from "./operation.js";

/** A convolution that is not part of a block. */
const operation: LayerOperation<Convolution> = {
  readsPixels: true,
  divides: () => true,
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
    const gradientOf = (image: number) => output.gradients + image * imageBytes;
    const wayBack = new WayBack(
      where,
      {
        group: convolution.group,
        sumsByGroup: convolution.sumsByGroup,
        get sums() {
          return convolution.sums;
        },
        both: (first, images) => convolution.backward(first, images, gradientOf(first)),
        weights: (first, images) => convolution.weightGradient(first, images, gradientOf(first)),
        input: (first, images) => convolution.inputGradient(first, images, gradientOf(first)),
        end: () => convolution.endBackward(),
      },
      !normalized,
    );
    return {
      output,
      studies: convolution.studies,
      forward(examples) {
        convolution.beginForward();
        for (let i = 0; i < examples; i += convolution.group) {
          const images = Math.min(convolution.group, examples - i);
          input.handover?.values(i, images);
          convolution.forward(i, images, output.values + i * imageBytes);
        }
      },
      backward(examples) {
        convolution.beginBackward();
        const bias = { gradient: output.gradients, rows: examples * convolution.pixels };
        wayBack.run(examples, normalized ? undefined : bias);
      },
    };
  },
};
export default operation;
