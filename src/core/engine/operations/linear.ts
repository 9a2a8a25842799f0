import type { Linear } from "../../network/layers.js";
import type { PlacedLayer } from "../../network/network.js";
import { type Activations, allocateActivations } from "../activations.js";
import type { Operation, Workshop } from "./operation.js";
import { Panels } from "./panels.js";
import { SparseLinear } from "./sparse-linear.js";

/** Outputs below which making lists takes longer than they save. */
const LEAST_OUTPUTS = 64;

/** y = x · Wᵀ + b over flat activations; W is [outputs, inputs] outside, as in PyTorch. */
export function linearOperation(workshop: Workshop, placed: PlacedLayer, layer: Linear, input: Activations): Operation {
  const output = allocateActivations(workshop.kernels, placed.output, workshop.examples);
  const { sparsity } = input;
  const sparse =
    workshop.shortcuts && sparsity && output.size >= LEAST_OUTPUTS
      ? new SparseLinear(workshop, placed, layer, input, sparsity, output)
      : undefined;
  const panels = sparse?.panels ?? new Panels(workshop, placed, layer.features, input.size, input.positions);
  const rowBytes = input.size * 4;
  return {
    output,
    forward(examples, training) {
      if (sparse?.pays(training)) sparse.forward(examples);
      else panels.forward(input.values, examples, rowBytes, output.values);
    },
    backward(examples) {
      panels.biasGradient(output.gradients, examples);
      if (sparse?.pays(true)) sparse.weightGradient(examples);
      else panels.weightGradient(input.values, examples, rowBytes, output.gradients);
      if (!input.gradients) return;
      panels.transpose();
      panels.inputGradient(output.gradients, examples, input.gradients, rowBytes);
    },
  };
}
