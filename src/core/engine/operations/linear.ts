import type { Linear } from "../../network/layers.js";
import type { PlacedLayer } from "../../network/network.js";
import { type Activations, allocateActivations } from "../activations.js";
import type { Operation, Workshop } from "./operation.js";
import { Panels } from "./panels.js";

/** y = x · Wᵀ + b over flat activations; W is [outputs, inputs] outside, as in PyTorch. */
export function linearOperation(workshop: Workshop, placed: PlacedLayer, layer: Linear, input: Activations): Operation {
  const output = allocateActivations(workshop.kernels, placed.output, workshop.examples);
  const panels = new Panels(workshop, placed, layer.features, input.size, input.positions);
  const rowBytes = input.size * 4;
  return {
    output,
    forward(examples) {
      panels.forward(input.values, examples, rowBytes, output.values);
    },
    backward(examples) {
      panels.weightGradient(input.values, examples, rowBytes, output.gradients);
      panels.biasGradient(output.gradients, examples);
      if (!input.gradients) return;
      panels.transpose();
      panels.inputGradient(output.gradients, examples, input.gradients, rowBytes);
    },
  };
}
