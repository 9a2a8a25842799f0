import type { PlacedLayer } from "../../network/layer.js";
import type { Convolution } from "../../network/layers/convolution.js";
import { type Activations, allocateActivations } from "../activations.js";
import type { Operation, Workshop } from "../operations/operation.js";
import { inOrder } from "../parameters.js";
import { convolutionMethod, convolutionSite } from "./method.js";

/**
 * A convolution by itself.
 *
 * @param normalized  batch norm follows: it cancels the bias, whose gradient is then exactly 0
 */
export function convolutionOperation(
  workshop: Workshop,
  placed: PlacedLayer,
  layer: Convolution,
  input: Activations,
  normalized: boolean,
): Operation {
  const output = allocateActivations(workshop.kernels, placed.output, workshop.examples);
  const site = convolutionSite({
    workshop,
    placed,
    layer,
    input,
    order: inOrder(output.shape.height * output.shape.width),
    normalized,
  });
  const convolution = convolutionMethod(site);
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
}
